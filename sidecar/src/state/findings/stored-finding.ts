import type { Instant } from '../../identity/ids.ts'
import type { Finding } from '../../planning/finding.ts'

/** A finding as stored: since when it stands, and which row it is. */
export interface StoredFinding {
  readonly id: number
  readonly finding: Finding
  readonly since: Instant
}

/** What executing found out and planning cannot know: it stands until the subject needs nothing any more. */
export const foundByExecuting: ReadonlySet<Finding['code']> = new Set(['retriesExhausted', 'targetRefused'])

export interface FindingChanges {
  readonly remove: readonly number[]
  readonly add: readonly { readonly finding: Finding; readonly since: Instant }[]
}

/**
 * What has to be written so that `now` stands instead of `stored`. Equal findings stay as they are; one that says the
 * same in other words keeps its beginning. `stillNeeds`: the subject has operations, so what executing found is not over.
 */
export function changeFindings(
  stored: readonly StoredFinding[],
  now: readonly Finding[],
  asOf: Instant,
  stillNeeds: (finding: Finding) => boolean,
): FindingChanges {
  const kept = new Set<string>(now.map(textOf))
  const standing = new Set(stored.map(({ finding }) => textOf(finding)))
  const gone = stored.filter(
    ({ finding }) => !kept.has(textOf(finding)) && !(foundByExecuting.has(finding.code) && stillNeeds(finding)),
  )
  const fresh = new Map(now.map((finding) => [textOf(finding), finding]))
  const add = [...fresh].filter(([text]) => !standing.has(text))
  return {
    remove: gone.map(({ id }) => id),
    add: add.map(([, finding]) => ({ finding, since: beginningOf(finding, gone) ?? asOf })),
  }
}

const textOf = ({ code, subject, subjectName, message, remedy, contended }: Finding): string =>
  JSON.stringify([code, subject.kind, subject.id, subjectName, message, remedy, [...contended].sort()])

function beginningOf({ code, subject }: Finding, gone: readonly StoredFinding[]): Instant | undefined {
  const same = gone.filter(({ finding }) => finding.code === code && sameSubject(finding.subject, subject))
  return same.length === 0 ? undefined : Math.min(...same.map(({ since }) => since))
}

const sameSubject = (a: Finding['subject'], b: Finding['subject']) => a.kind === b.kind && a.id === b.id
