import type { Operation } from './operation.ts'
import type { Product } from './product.ts'
import { createServe } from './serve.ts'
import { type Server, type ServerOptions, type Service, startServer } from './server.ts'

export interface SimulatorOptions extends ServerOptions {
  /** What else answers at the product's address. */
  mounted?: readonly Service[]
}

export type Simulator = Server

/** A Data Center product on loopback. */
export const startSimulator = <Name extends string>(
  product: Product<Name>,
  { mounted = [], ...options }: SimulatorOptions,
): Promise<Simulator> => startServer([serviceOf(product), ...mounted], () => product.site.settings.state, options)

function serviceOf<Name extends string>(product: Product<Name>): Service {
  const routes = Object.entries<Operation>(product.description).flatMap(([name, operation]) =>
    product.pathsOf(operation).map((url) => ({ name, method: operation.method, url })),
  )
  return {
    routes,
    open: (base, violations) => {
      const serve = createServe(product, base, violations)
      // The names of the routes are those of the description.
      return (name, request) => serve(name as Name | undefined, request)
    },
    errorBody: product.errorBody,
  }
}
