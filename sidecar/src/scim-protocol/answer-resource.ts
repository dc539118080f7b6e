import { dateTimeText } from './date-time-text.ts'
import { leavesBodyWhole, needsGroups, needsMembers, type Projection, project } from './projection.ts'
import type { ResourceTypeName, ScimObject } from './resource.ts'
import { resourceTypes } from './resource-types.ts'

/** A resource as it comes from the store: its body is the text of `writeBody`. */
export interface StoredBody {
  readonly type: ResourceTypeName
  readonly id: string
  readonly body: string
  readonly version: number
  /** UTC milliseconds. */
  readonly created: number
  readonly lastModified: number
}

/** A member of a group; `value` is an id that we issued, or what the client sent for somebody who is not here yet. */
export interface AnsweredMember {
  readonly value: string
  readonly type: ResourceTypeName
  readonly display?: string | undefined
}

/** A group of a user, directly or through another group. */
export interface AnsweredGroup {
  readonly value: string
  readonly type: 'direct' | 'indirect'
  readonly display?: string | undefined
}

/** How a resource is answered: below which URL, what of it, and the edges that are no part of its body. */
export interface AnswerOptions {
  /** Of the connection, as URLs are written, without a slash at its end: `https://host/scim/v2/entra`. */
  readonly baseUrl: string
  readonly projection?: Projection | undefined
  readonly members?: readonly AnsweredMember[]
  readonly groups?: readonly AnsweredGroup[]
}

/** The ETag of a resource and its `meta.version` (RFC 7644 3.14): weak, for the same version is answered in several forms. */
export const etagOf = (version: number): string => `W/"${version}"`

/** Where a resource is answered: its `Location` and `meta.location`. */
export const locationOf = (type: ResourceTypeName, id: string, baseUrl: string): string =>
  `${baseUrl}${resourceTypes[type].endpoint}/${id}`

/**
 * The JSON of a resource. Where nothing is projected the stored text is only extended, never parsed: reads are answered in the
 * time it takes to copy them.
 */
export function answerResource(resource: StoredBody, options: AnswerOptions): string {
  const { projection } = options
  const whole = withEdges(resource, options)
  if (projection === undefined || leavesBodyWhole(projection)) return whole
  const parsed: ScimObject = JSON.parse(whole)
  return JSON.stringify(project(projection, parsed))
}

function withEdges(resource: StoredBody, { baseUrl, projection, members = [], groups = [] }: AnswerOptions): string {
  const memberTexts = needsMembers(projection) ? members.map((member) => memberText(member, baseUrl)) : []
  const groupTexts = needsGroups(projection) ? groups.map((group) => groupText(group, baseUrl)) : []
  const edges = edgeList('members', memberTexts) + edgeList('groups', groupTexts)
  return `${resource.body.slice(0, -1)}${edges},"meta":${metaText(resource, baseUrl)}}`
}

/** No values are no attribute (RFC 7643 2.5). */
const edgeList = (name: string, texts: readonly string[]): string =>
  texts.length === 0 ? '' : `,"${name}":[${texts.join(',')}]`

const memberText = ({ value, type, display }: AnsweredMember, baseUrl: string): string =>
  `{"value":${valueText(value)},"$ref":${refText(type, value, baseUrl)},"type":"${type}"${displayText(display)}}`

const groupText = ({ value, type, display }: AnsweredGroup, baseUrl: string): string =>
  `{"value":${valueText(value)},"$ref":${refText('Group', value, baseUrl)},"type":"${type}"${displayText(display)}}`

/** Ids that we issued stand in JSON and in addresses as they are: ten thousand members are not escaped one by one. */
const plain = /^[\w-]+$/

const valueText = (value: string): string => (plain.test(value) ? `"${value}"` : JSON.stringify(value))

/** A member's value may be any text of a client's, half a surrogate pair included, at which the encoding would throw. */
const refText = (type: ResourceTypeName, value: string, baseUrl: string): string =>
  `"${locationOf(type, plain.test(value) ? value : encodeURIComponent(value.toWellFormed()), baseUrl)}"`

const displayText = (display: string | undefined): string =>
  display === undefined || display === '' ? '' : `,"display":${JSON.stringify(display)}`

function metaText({ type, id, version, created, lastModified }: StoredBody, baseUrl: string): string {
  const times = `"created":"${dateTimeText(created)}","lastModified":"${dateTimeText(lastModified)}"`
  return `{"resourceType":"${type}",${times},"location":"${locationOf(type, id, baseUrl)}","version":"W/\\"${version}\\""}`
}
