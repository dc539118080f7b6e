import type { IfMatch } from '../state/scim/scim-change.ts'

/** `If-Match` as versions (RFC 7644 3.14); a tag that is none of ours matches nothing. */
export function readIfMatch(header: string | undefined): IfMatch {
  if (header === undefined || header.trim() === '') return undefined
  return header.trim() === '*' ? 'any' : versionsIn(header)
}

/** True for a reader who has this version already. */
export function hasVersion(ifNoneMatch: string | undefined, version: number): boolean {
  if (ifNoneMatch === undefined) return false
  return ifNoneMatch.trim() === '*' || versionsIn(ifNoneMatch).includes(version)
}

const versionsIn = (header: string): readonly number[] =>
  [...header.matchAll(/(?:W\/)?"(\d{1,15})"/g)].map(([, version]) => Number(version))
