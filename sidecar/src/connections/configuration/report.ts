import type { Problem, ProblemDefinition } from '../../problem/problem.ts'

export type Path = readonly (string | number)[]

/** Makes a problem of something wrong at a place of the file, with its line. */
export type Report = (
  definition: ProblemDefinition,
  path: Path,
  text: string,
  options?: { readonly cause?: unknown; readonly remedy?: string },
) => Problem
