import type { Attributes, AttributeValue, IdentityRecord } from '../../identity/identity.ts'
import type { ExternalId } from '../../identity/ids.ts'
import { valuesHidden } from './graph-failure.ts'
import type { GraphSettings } from './graph-settings.ts'
import { type GraphEntity, isObject, isRemoved, textOf } from './wire.ts'

/** Mapped to fields of their own. */
const fields = ['id', 'userPrincipalName', 'displayName', 'accountEnabled']

/** Read for everybody, for mappings and for filters. `mail` and `otherMails` also give the e-mail address. */
const usualAttributes = [
  'mail',
  'otherMails',
  'userType',
  'givenName',
  'surname',
  'mailNickname',
  'department',
  'companyName',
  'jobTitle',
  'employeeId',
  'officeLocation',
  'onPremisesSamAccountName',
]

export interface UserMapping {
  /** Value of `$select`. */
  readonly select: string
  /** A whole record of a whole object. */
  identityOf(user: GraphEntity): IdentityRecord
}

/** Which properties are asked for with these settings, and what becomes of them. */
export function createUserMapping({ attributes }: Pick<GraphSettings, 'attributes'>): UserMapping {
  const names = [...new Set([...usualAttributes, ...attributes])].filter((name) => !fields.includes(name))
  const readers = names.map((name) => [name, readerOf(name)] as const)
  const properties = names.map((name) => name.split('.', 1)[0] ?? name)
  return {
    select: [...new Set([...fields, ...properties])].join(','),
    identityOf(user) {
      const read: Record<string, AttributeValue> = {}
      for (const [name, reader] of readers) {
        const value = attributeOf(reader(user))
        if (value !== undefined) read[name] = value
      }
      return recordOf(user, read)
    },
  }
}

function recordOf(user: GraphEntity, attributes: Record<string, AttributeValue>): IdentityRecord {
  const userName = textOf(user.userPrincipalName)
  const { accountEnabled } = user
  // Every user has both. `User.ReadBasic.All`, for one, hides whether the account is enabled: never read it as "no".
  if (userName === undefined || typeof accountEnabled !== 'boolean') throw valuesHidden('people', 'User.Read.All')
  const rebuilt = rebuiltMail(userName)
  if (rebuilt !== undefined) attributes.rebuiltMail = rebuilt
  return {
    externalId: user.id as ExternalId,
    userName,
    email: emailOf(attributes),
    displayName: textOf(user.displayName),
    active: accountEnabled,
    attributes,
  }
}

function emailOf({ mail, otherMails }: Attributes): string | undefined {
  return typeof mail === 'string' ? mail : Array.isArray(otherMails) ? otherMails[0] : undefined
}

/**
 * The address a guest was invited by, guessed from `alias_domain.tld#EXT#@tenant`. Wrong where the domain has an
 * underscore (Microsoft Graph, fields), therefore an attribute that a mapping may choose, never the e-mail by itself.
 */
function rebuiltMail(userName: string): string | undefined {
  const end = userName.search(/#EXT#/i)
  const at = end < 0 ? -1 : userName.lastIndexOf('_', end)
  return at <= 0 ? undefined : `${userName.slice(0, at)}@${userName.slice(at + 1, end)}`
}

function readerOf(name: string): (user: GraphEntity) => unknown {
  const [container = name, inner] = name.split('.', 2)
  if (inner === undefined) return (user) => user[name]
  return (user) => {
    const value = user[container]
    return isObject(value) ? value[inner] : undefined
  }
}

/** `null`, an empty text and an empty list are absent: delta leaves out what a single read shows as `null` or `[]`. */
function attributeOf(value: unknown): AttributeValue | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  if (typeof value === 'boolean' || typeof value === 'number') return value
  if (!Array.isArray(value) || value.length === 0) return undefined
  return value.every((each) => typeof each === 'string') ? value : undefined
}

/**
 * Soft-deleted people carry their object id, without dashes, before the name (Microsoft Graph, throttling): a deletion that
 * must not be read as a rename.
 */
export const isDeletedUser = (user: GraphEntity): boolean =>
  isRemoved(user) ||
  textOf(user.deletedDateTime) !== undefined ||
  (typeof user.userPrincipalName === 'string' &&
    user.userPrincipalName.length > 32 &&
    user.userPrincipalName.toLowerCase().startsWith(user.id.replaceAll('-', '').toLowerCase()))

/**
 * True for an object with all that every user has. Without `Prefer: return=minimal` a delta round sends all selected
 * properties that were ever set, changed or not (Graph `user-delta.md`, "Default"), so an absent one has no value.
 * An object that lacks what every user has contradicts that and is read again by itself.
 */
export const isWholeUser = (user: GraphEntity): boolean =>
  'userPrincipalName' in user && 'accountEnabled' in user && 'displayName' in user
