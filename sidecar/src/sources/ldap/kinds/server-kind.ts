/** What tells whether a person is enabled. */
export type EnabledRule =
  | { readonly kind: 'always' }
  /** A bit of a number that every person has; where it is missing, nobody knows. */
  | { readonly kind: 'bit'; readonly attribute: string; readonly disabledBit: number }
  /** Values that mean disabled; without the attribute a person is enabled. */
  | { readonly kind: 'value'; readonly attribute: string; readonly disabledWhen: readonly string[] }
  /** Time of a lock by password policy; one value stands for a lock without end. */
  | { readonly kind: 'lock'; readonly attribute: string; readonly permanent: string }

/** How a person names their primary group, which does not list them as a member. */
export type PrimaryRule =
  /** The person has the last part (RID) of the group's security id. */
  | { readonly kind: 'rid'; readonly person: string; readonly group: string }
  /** The person has the number of the group. */
  | { readonly kind: 'number'; readonly person: string; readonly group: string }

/** What one kind of directory server does differently from others: data, all of it can be overridden in the settings. */
export interface ServerKind {
  readonly name: 'activeDirectory' | 'openldap' | '389ds' | 'ldap'
  readonly label: string
  readonly userFilter: string
  readonly groupFilter: string
  readonly userId: string
  readonly groupId: string
  readonly login: string
  /** Other names that a person is looked up by. */
  readonly otherLogins: readonly string[]
  readonly email: string
  readonly displayName: string
  readonly groupName: string
  /** Attributes of groups that list members by DN. */
  readonly memberDn: readonly string[]
  /** Attributes of groups that list members by login name. */
  readonly memberLogin: readonly string[]
  /** Classes whose entries always have a member: without a visible one, members are hidden from us (RFC 4519 3.5). */
  readonly neverEmpty: readonly string[]
  readonly enabled: EnabledRule
  readonly primary: PrimaryRule
  readonly primaryByDefault: boolean
  /** How changes are asked for: by update sequence number, by time, or not at all. */
  readonly changes: 'usn' | 'timestamp' | 'none'
  /** Finds an entry by its DN in a filter, where the server can. */
  readonly dnAttribute: string | undefined
  /** Large values come in ranges (MS-ADTS 3.1.1.3.1.3.3). */
  readonly ranges: boolean
  /** Read for everybody, for mappings and filters. */
  readonly usualAttributes: readonly string[]
}

/** Attributes whose values are bytes, and how people write them. */
export const binaryForms: Readonly<Record<string, 'guid' | 'sid'>> = { objectguid: 'guid', objectsid: 'sid' }
