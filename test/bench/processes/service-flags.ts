import { readFileSync } from 'node:fs'

/** What `rollcall serve` gives to Node: its measured processes are started with the same. */
export const serviceFlags: readonly string[] =
  readFileSync(new URL('../../../packaging/rollcall', import.meta.url), 'utf8').match(/--max-[a-z-]+=\d+/g) ?? []
