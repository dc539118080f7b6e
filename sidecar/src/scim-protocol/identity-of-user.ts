import type { IdentityRecord } from '../identity/identity.ts'
import type { ExternalId } from '../identity/ids.ts'
import { flattenAttributes } from './flatten-attributes.ts'
import type { ScimAttributes, ScimObject, ScimValue } from './resource.ts'
import { isList, isObject } from './same-value.ts'

/**
 * The person that a SCIM user describes. It is keyed by the id that we issued, because `externalId` is optional, mutable and the
 * client's choice; without `active` the person is active (RFC 7643 leaves it open, and clients that never send it mean that).
 */
export function identityOfUser(id: string, attributes: ScimAttributes): IdentityRecord {
  return {
    externalId: id as ExternalId,
    userName: textOf(attributes.userName) ?? '',
    email: emailOf(attributes),
    displayName: displayNameOf(attributes),
    active: attributes.active !== false,
    attributes: flattenAttributes(attributes),
  }
}

/** The primary address, else the first of work, else the first. */
function emailOf(attributes: ScimAttributes): string | undefined {
  const emails = elementsOf(attributes.emails).filter(({ value }) => textOf(value) !== undefined)
  const chosen =
    emails.find(({ primary }) => primary === true) ??
    emails.find(({ type }) => textOf(type)?.toLowerCase() === 'work') ??
    emails[0]
  return textOf(chosen?.value)
}

function displayNameOf({ displayName, name }: ScimAttributes): string | undefined {
  const parts: ScimObject = isObject(name) ? name : {}
  const joined = [parts.givenName, parts.familyName].filter((part) => textOf(part) !== undefined).join(' ')
  return textOf(displayName) ?? textOf(parts.formatted) ?? (joined === '' ? undefined : joined)
}

const elementsOf = (value: ScimValue | undefined): readonly ScimObject[] =>
  isList(value) ? value.filter(isObject) : []

const textOf = (value: ScimValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined)
