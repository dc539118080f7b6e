import type { ConnectionId, IdentityId, NameKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { WantedAccount } from '../../planning/subject.ts'
import type { Tables } from '../../store/tables.ts'
import type { Leg } from '../marks/mark.ts'

export type WantedColumns = Omit<Tables['wanted_account'], 'target_id' | 'connection_id' | 'identity_id' | 'email_key'>

export const wantedColumns = [
  'wanted.state',
  'wanted.since',
  'wanted.name',
  'wanted.name_key',
  'wanted.email',
  'wanted.display_name',
  'wanted.attributes',
  'wanted.revision',
] as const

export const toWantedAccount = (row: WantedColumns): WantedAccount => ({
  state: row.state,
  since: row.since,
  name: row.name,
  nameKey: row.name_key,
  email: row.email ?? undefined,
  displayName: row.display_name ?? undefined,
  attributes: JSON.parse(row.attributes),
  revision: row.revision,
})

export const emailKey = (email: string | undefined): NameKey | null => (email === undefined ? null : nameKey(email))

export const toWantedRow = (leg: Leg, identity: IdentityId, wanted: WantedAccount): Tables['wanted_account'] => ({
  target_id: leg.target,
  connection_id: leg.connection as ConnectionId,
  identity_id: identity,
  state: wanted.state,
  since: wanted.since,
  name: wanted.name,
  name_key: wanted.nameKey,
  email: wanted.email ?? null,
  email_key: emailKey(wanted.email),
  display_name: wanted.displayName ?? null,
  attributes: JSON.stringify(wanted.attributes),
  revision: wanted.revision,
})
