import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProblemDefinition } from '../../sidecar/src/problem/problem.ts'
import { root } from './document.ts'

/** The problems that one file of the sidecar defines. */
export interface ProblemGroup {
  /** Such as `sources/graph`: the folder under `sidecar/src`, or the file where it stands alone. */
  readonly capability: string
  readonly problems: readonly ProblemDefinition[]
}

const sources = join(root, 'sidecar/src')
const definesProblems = /^export const \w+ = defineProblems\(/m

/** Every problem of the product, found by what the files export; throws if two share a code. */
export async function collectProblems(): Promise<readonly ProblemGroup[]> {
  const files = globSync('**/*.ts', { cwd: sources })
    .filter((file) => !file.endsWith('.test.ts') && definesProblems.test(readFileSync(join(sources, file), 'utf8')))
    .sort()
  const groups = await Promise.all(files.map(loadGroup))
  refuseRepeatedCodes(groups)
  return groups
}

async function loadGroup(file: string): Promise<ProblemGroup> {
  const module: Record<string, unknown> = await import(join(sources, file))
  const problems = Object.values(module).filter(isCatalogue).flatMap(Object.values)
  if (problems.length === 0) throw new Error(`${file} defines problems but exports none of them.`)
  return { capability: capabilityOf(file), problems }
}

/** `sources/graph/graph-problems.ts` is `sources/graph`; a file of its own in `src` is named by itself. */
const capabilityOf = (file: string) => (file.includes('/') ? file.replace(/\/[^/]+$/, '') : file.replace(/\.ts$/, ''))

const isCatalogue = (value: unknown): value is Record<string, ProblemDefinition> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && areProblems(Object.entries(value))

const areProblems = (entries: [string, unknown][]) =>
  entries.length > 0 && entries.every(([code, value]) => isProblemDefinition(value) && value.code === code)

const isProblemDefinition = (value: unknown): value is ProblemDefinition =>
  typeof value === 'object' && value !== null && 'code' in value && 'meaning' in value && 'remedy' in value

function refuseRepeatedCodes(groups: readonly ProblemGroup[]): void {
  const seen = new Map<string, string>()
  for (const { capability, problems } of groups) {
    for (const { code } of problems) {
      const other = seen.get(code)
      if (other !== undefined) throw new Error(`The code ${code} is defined in ${other} and in ${capability}.`)
      seen.set(code, capability)
    }
  }
}
