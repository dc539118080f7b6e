import { type Product, type ProductKind, productTarget, startProduct } from '../../products/products.ts'
import { server } from '../processes/program.ts'

export interface ProductFacts {
  readonly kind: ProductKind
  readonly origin: string
  /** Of a configuration file. */
  readonly target: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
}

let running: Product | undefined

const product = (): Product => {
  if (!running) throw new Error('The product is not started.')
  return running
}

const handlers = {
  async start(options: {
    readonly kind: ProductKind
    readonly latencyMs: number
    readonly domain: string
  }): Promise<ProductFacts> {
    const { kind, ...rest } = options
    running = await startProduct(kind, rest)
    const { server, secrets } = running
    return { kind, origin: new URL(server.url).origin, target: productTarget(running), secrets }
  },
  count: (_: undefined) => {
    const { accounts, groups } = product().state()
    return { accounts: accounts.size, memberships: [...groups.values()].reduce((sum, { length }) => sum + length, 0) }
  },
  /** The look whether a user server is that of a Jira is an unknown path of a Crowd. */
  violations: (_: undefined) =>
    product()
      .server.violations.filter(({ call }) => !call.includes('serverInfo'))
      .slice(0, 5),
}
export type ProductHandlers = typeof handlers

server(handlers)
