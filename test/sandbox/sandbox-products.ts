import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Product, type ProductKind, productKinds, startProduct } from '../products/products.ts'

/** The products of the sandbox beside Jira, kept over restarts. */
export interface SandboxProducts {
  readonly products: readonly Product[]
  save(): void
  close(): Promise<void>
}

const besideJira: readonly ProductKind[] = productKinds.filter((kind) => kind !== 'jira')

/** Which products somebody asked for beside Jira: `all`, or kinds with commas between. */
export function askedProducts(asked: string): readonly ProductKind[] {
  const words = asked.split(',').map((word) => word.trim().toLowerCase())
  if (words.includes('all')) return besideJira
  const unknown = words.filter((word) => word !== '' && !productKinds.some((kind) => kind.toLowerCase() === word))
  if (unknown.length > 0) {
    throw new Error(`There is no product ${unknown.join(', ')}: give all, or any of ${besideJira.join(',')}.`)
  }
  return besideJira.filter((kind) => words.includes(kind.toLowerCase()))
}

/** Each has a port of its own, so that a configuration stays right over restarts; 0 means any. */
export async function startSandboxProducts(
  folder: string,
  kinds: readonly ProductKind[],
  firstPort: number,
): Promise<SandboxProducts> {
  const fileOf = (kind: ProductKind) => join(folder, `${kind}.json`)
  const products = await Promise.all(
    kinds.map((kind) => {
      const file = fileOf(kind)
      return startProduct(kind, {
        port: firstPort === 0 ? 0 : firstPort + besideJira.indexOf(kind),
        latencyMs: 5,
        ...(existsSync(file) && { saved: readFileSync(file, 'utf8') }),
      })
    }),
  )
  const save = () => {
    for (const product of products) {
      const file = fileOf(product.kind)
      writeFileSync(`${file}.new`, product.save(), { mode: 0o600 })
      renameSync(`${file}.new`, file)
    }
  }
  return {
    products,
    save,
    async close() {
      await Promise.all(products.map(({ server }) => server.close()))
      save()
    },
  }
}
