import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

/** A file of `docs/` that is written by `pnpm generate-docs`, whole or in its marked blocks. */
export interface Document {
  /** From the root of the repository. */
  readonly path: string
  render(): Promise<string>
}

export const readDocument = (path: string): string => readFileSync(join(root, path), 'utf8')
