import { locationOf, metaHead } from './meta-text.ts'
import { needsMembers, type Projection, projectText } from './projection.ts'
import type { ResourceTypeName } from './resource.ts'
import type { StoredBody } from './stored-body.ts'

/** A member of a group; `value` is an id that we issued, or what the client sent for somebody who is not here yet. */
export interface AnsweredMember {
  readonly value: string
  readonly type: ResourceTypeName
  readonly display?: string | undefined
}

/** How a group is answered: below which URL, what of it, and the edges that are no part of its body. */
export interface AnswerOptions {
  /** Of the connection, as URLs are written, without a slash at its end: `https://host/scim/v2/entra`. */
  readonly baseUrl: string
  readonly projection?: Projection | undefined
  readonly members?: readonly AnsweredMember[]
}

/** The JSON of a group. Where nothing is projected the stored text is only extended, never parsed. */
export const answerGroup = (group: StoredBody, options: AnswerOptions): string =>
  projectText(options.projection, withMembers(group, options))

function withMembers(group: StoredBody, { baseUrl, projection, members = [] }: AnswerOptions): string {
  const texts = needsMembers(projection) ? members.map((member) => memberText(member, baseUrl)) : []
  // No values are no attribute (RFC 7643 2.5).
  const edges = texts.length === 0 ? '' : `,"members":[${texts.join(',')}]`
  return `${group.body.slice(0, -1)}${edges},"meta":${metaHead(group)}${locationOf('Group', group.id, baseUrl)}"}}`
}

const memberText = ({ value, type, display }: AnsweredMember, baseUrl: string): string =>
  `{"value":${valueText(value)},"$ref":${refText(type, value, baseUrl)},"type":"${type}"${displayText(display)}}`

/** Ids that we issued stand in JSON and in addresses as they are: ten thousand members are not escaped one by one. */
const plain = /^[\w-]+$/

const valueText = (value: string): string => (plain.test(value) ? `"${value}"` : JSON.stringify(value))

/** A member's value may be any text of a client's, half a surrogate pair included, at which the encoding would throw. */
const refText = (type: ResourceTypeName, value: string, baseUrl: string): string =>
  `"${locationOf(type, plain.test(value) ? value : encodeURIComponent(value.toWellFormed()), baseUrl)}"`

const displayText = (display: string | undefined): string =>
  display === undefined || display === '' ? '' : `,"display":${JSON.stringify(display)}`
