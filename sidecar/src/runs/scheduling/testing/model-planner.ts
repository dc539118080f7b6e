import type { AccountId, IdentityId } from '../../../identity/ids.ts'
import { nameKey } from '../../../identity/name-key.ts'
import type { GroupRef } from '../../../planning/operation.ts'
import type { Db } from '../../../store/transaction.ts'
import { operations as op, type TestOperation } from '../../execution/testing/execution-bench.ts'

/** What a model person should have; `undefined` groups: they left. */
export interface ModelPerson {
  readonly name: string
  readonly groups: readonly string[] | undefined
}

/** The smallest planner that is right: what stored state lacks of what is wanted, in an order that works. */
export async function planModel(db: Db, wanted: ReadonlyMap<IdentityId, ModelPerson>): Promise<TestOperation[]> {
  const claims = await db
    .selectFrom('claim')
    .innerJoin('account', 'account.id', 'claim.account_id')
    .select(['claim.identity_id', 'account.id', 'account.name', 'account.active'])
    .execute()
  const claimed = new Map(claims.map((row) => [row.identity_id, row]))
  const groups = await db.selectFrom('target_group').select(['id', 'name']).execute()
  const members = await db.selectFrom('account_membership').selectAll().execute()
  const isMember = (account: AccountId, group: GroupRef) =>
    members.some((row) => row.account_id === account && row.target_group_id === group.id)

  const plan: TestOperation[] = []
  const needed = [...new Set([...wanted.values()].flatMap(({ groups }) => groups ?? []))].sort()
  const refs = new Map<string, { readonly ref: GroupRef; readonly after: readonly number[] }>()
  for (const name of needed) {
    const known = groups.find((group) => group.name === name)
    refs.set(name, { ref: known ?? { id: undefined, name }, after: known ? [] : [plan.length * 10] })
    if (!known) plan.push({ operation: op.group('createGroup', name) })
  }
  for (const [identity, { name, groups: wantedGroups }] of wanted) {
    const row = claimed.get(identity)
    const account = { id: row?.id, name: row?.name ?? name }
    if (wantedGroups === undefined) {
      if (row?.active === 1) plan.push({ operation: op.about('deactivateUser', identity, account) })
      for (const group of groups) {
        if (row && isMember(row.id, group)) plan.push({ operation: op.remove(identity, account, group) })
      }
      continue
    }
    if (!row) plan.push({ operation: op.create(identity, name) })
    else if (nameKey(row.name) !== nameKey(name)) plan.push({ operation: op.rename(identity, account, row.name, name) })
    for (const group of wantedGroups) {
      const found = refs.get(group)
      if (found && !(row && isMember(row.id, found.ref))) {
        plan.push({ operation: op.add(identity, account, found.ref), after: found.after })
      }
    }
  }
  return plan
}
