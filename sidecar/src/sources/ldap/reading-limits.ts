import { Problem } from '../../problem/problem.ts'
import { ldapProblems } from './ldap-problems.ts'
import type { SearchedPage } from './wire/ldap-client.ts'

/** Beyond these no reading goes on: a server that never ends would fill disk and time. */
export interface ReadingLimits {
  readonly bytes: number
  readonly milliseconds: number
}

export const usualLimits: ReadingLimits = { bytes: 50e9, milliseconds: 12 * 3_600_000 }

export type CountPage = (page: SearchedPage) => void

/** Counts the pages of one reading over all its searches. */
export function watchReading(limits: ReadingLimits, now: () => number): CountPage {
  const deadline = now() + limits.milliseconds
  let bytes = 0
  return (page) => {
    bytes += page.bytes
    if (bytes > limits.bytes) {
      throw new Problem(ldapProblems.ldap_answer_too_large, `The reading was ended after ${bytes} bytes.`)
    }
    if (now() <= deadline) return
    const minutes = limits.milliseconds / 60_000
    throw new Problem(ldapProblems.ldap_reading_too_long, `The reading was ended after ${minutes} minutes.`)
  }
}
