import type { AbilityView, FingerprintView, TargetView } from '@rollcall/contract/api/targets'
import type { TargetEntry } from '@rollcall/contract/configuration'
import type { TargetId } from '../../identity/ids.ts'
import { abilityNames, type Capabilities } from '../../planning/capabilities.ts'
import { type FingerprintState, fingerprintState } from '../../state/runs/target-fingerprint.ts'
import { findUnbound } from '../../state/unclaimed/find-unclaimed.ts'
import type { Db } from '../../store/transaction.ts'
import { targetKinds } from '../../targets/registry.ts'
import type { TargetDescription } from '../../targets/target.ts'

/** Every configured target, with what it said about itself when it was last reached. */
export async function viewTargets(db: Db): Promise<TargetView[]> {
  const rows = await targetRows(db)
  return Promise.all(rows.map((row) => viewTarget(db, row)))
}

const targetRows = (db: Db) =>
  db
    .selectFrom('target')
    .select([
      'id',
      'slug',
      'name',
      'kind',
      'entry',
      'managed_by',
      'fingerprint',
      'description',
      'observed_at',
      'paused',
    ])
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute()

type TargetRow = Awaited<ReturnType<typeof targetRows>>[number]

async function viewTarget(db: Db, row: TargetRow): Promise<TargetView> {
  const described: TargetDescription | undefined = row.description === null ? undefined : JSON.parse(row.description)
  const { total: unboundGroups } = await findUnbound(db, row.id, { search: undefined, after: 0, limit: 0 })
  return {
    slug: row.slug,
    name: row.name,
    kind: row.kind,
    kindLabel: targetKinds[row.kind]?.label ?? row.kind,
    ...urlOf(JSON.parse(row.entry) as TargetEntry),
    managedBy: row.managed_by,
    paused: row.paused === 1,
    ...(described && { product: described.product, version: described.version }),
    ...(described?.directory && { directory: directoryOf(described.directory) }),
    abilities: described ? abilitiesOf(described.capabilities) : [],
    seats: (described?.seats ?? []).map(({ application, remaining }) => ({
      application,
      ...(remaining !== undefined && { remaining }),
    })),
    fingerprint: viewFingerprint(fingerprintState(row.fingerprint, row.description)),
    ...(row.observed_at !== null && { observedAt: row.observed_at }),
    ...(await countAccounts(db, row.id)),
    unboundGroups,
  }
}

const directoryOf = ({ name, why }: NonNullable<TargetDescription['directory']>) =>
  name === undefined ? { why } : { name, why }

/** What is said about an ability; of what simply works nothing is. */
function abilitiesOf({ abilities }: Capabilities): AbilityView[] {
  return abilityNames.flatMap((kind): AbilityView[] => {
    const ability = abilities[kind]
    if (ability === undefined) return []
    if (!ability.able) return [{ kind, able: false, note: ability.reason }]
    const { way = 'rest', note } = ability
    return way === 'rest' && note === undefined ? [] : [{ kind, able: true, way, ...(note !== undefined && { note }) }]
  })
}

const viewFingerprint = (state: FingerprintState): FingerprintView =>
  state.kind === 'changed'
    ? { state: 'changed', changes: [...state.changes], code: state.code }
    : { state: state.kind, changes: [] }

/** Most products have one; it is for the link, so anything else is left out. */
function urlOf({ settings }: TargetEntry): { url?: string } {
  const url = typeof settings === 'object' && settings !== null && 'url' in settings ? settings.url : undefined
  return typeof url === 'string' && /^https?:/.test(url) ? { url } : {}
}

async function countAccounts(db: Db, target: TargetId) {
  const { accounts, present } = await db
    .selectFrom('account')
    .leftJoin('claim', 'claim.account_id', 'account.id')
    .select(({ fn }) => [fn.countAll<number>().as('accounts'), fn.count<number>('claim.account_id').as('present')])
    .where('account.target_id', '=', target)
    .where('account.missing_at', 'is', null)
    .executeTakeFirstOrThrow()
  const gone = await db
    .selectFrom('claim')
    .innerJoin('account', 'account.id', 'claim.account_id')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('claim.target_id', '=', target)
    .where('account.missing_at', 'is not', null)
    .executeTakeFirstOrThrow()
  return { accounts, claimed: present + gone.n, unclaimed: accounts - present, missing: gone.n }
}
