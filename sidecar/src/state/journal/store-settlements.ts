import { assertNever } from '../../identity/assert-never.ts'
import type { NameKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { Trx } from '../../store/transaction.ts'
import { changeAccount, markAccountGone, removeAccount, storeAccount } from '../claims/accounts.ts'
import {
  claimAccount,
  endClaim,
  ownerOf,
  releaseAccount,
  setAttributesWritten,
  setDeactivatedByUs,
} from '../claims/claims.ts'
import { bindGroup, removeGroup, storeGroup, unbindGroup } from '../claims/group-bindings.ts'
import { grantMemberships, releaseMemberships, removeMemberships, storeMemberships } from '../claims/memberships.ts'
import { removeNestedGroup, storeNestedGroup } from '../claims/nested-groups.ts'
import { giveAccessBack, takeAccess } from '../claims/revoked-access.ts'
import { markContenders, markOnLeg } from '../marks/mark-subjects.ts'
import { restoreProvenance } from '../undo/restore-provenance.ts'
import { saveUndoRecords } from '../undo/undo-records.ts'
import type { ExecutedPlan } from './journaled-operation.ts'
import { settle } from './operation-journal.ts'
import type { Change, Settlement } from './settlement.ts'

/** Journal, observed state and provenance change together: after a crash none of them says what another does not. */
export async function storeSettlements(
  trx: Trx,
  plan: ExecutedPlan,
  settlements: readonly Settlement[],
  at: number,
): Promise<void> {
  if (settlements.length === 0) return
  const journal = settlements.map(({ operation, status, code, message }) => ({
    id: operation.id,
    status,
    code,
    message,
  }))
  await settle(trx, journal, at)
  await saveUndoRecords(trx, plan, settlements)
  const changes = settlements.map(({ change }) => change).filter(({ kind }) => kind !== 'none')
  await storeMembershipChanges(trx, plan, changes, at)
  const freed: NameKey[] = []
  for (const change of changes) freed.push(...(await storeChange(trx, plan, change, at)))
  if (plan.undo) await restoreProvenance(trx, plan, settlements)
  await markContenders(trx, plan.target, freed, { reason: 'nameFreed', at })
}

/** Nearly all operations of a first provisioning are memberships: one statement for all of a kind. */
async function storeMembershipChanges(
  trx: Trx,
  { connection }: ExecutedPlan,
  changes: readonly Change[],
  at: number,
): Promise<void> {
  const removed = changes.filter((change) => change.kind === 'memberRemoved')
  const added = changes.filter((change) => change.kind === 'memberAdded')
  const adopted = changes
    .filter((change) => change.kind === 'membershipsAdopted')
    .flatMap(({ account, groups }) => groups.map((group) => ({ account, group, how: 'adopted' as const })))
  await removeMemberships(trx, removed)
  await storeMemberships(trx, [...added, ...changes.filter((change) => change.kind === 'memberReturned')])
  await grantMemberships(trx, connection, [...added, ...adopted], at)
}

/** Gives back the keys of names and claims that are free now. */
async function storeChange(trx: Trx, plan: ExecutedPlan, change: Change, at: number): Promise<readonly NameKey[]> {
  const { target, connection } = plan
  switch (change.kind) {
    case 'created': {
      const { identity, suffixOf } = change
      const owner = await ownerOf(trx, target, change.account.key)
      const account = await storeAccount(trx, target, change.account)
      if (owner !== undefined && owner !== identity) {
        // The product gave an account for a new one that is somebody's: theirs it stays, and planning finds the conflict.
        await markOnLeg(trx, plan, 'identity', [identity], { reason: 'observedChanged', at })
        return []
      }
      await claimAccount(trx, { account, target, connection, identity, how: 'created', at, suffixOf })
      return []
    }
    case 'adopted':
      await claimAccount(trx, { ...change, target, connection, how: 'adopted', at })
      return []
    case 'released':
      if (change.handedOver) await endClaim(trx, change.account, connection, at)
      else await releaseAccount(trx, change.account, connection, at)
      return change.handedOver ? [] : [nameKey(change.name)]
    case 'updated':
      await changeAccount(trx, change.account, change)
      return []
    case 'renamed':
      await changeAccount(trx, change.account, { name: change.after })
      return [nameKey(change.before)]
    case 'activated':
    case 'deactivated':
      await changeAccount(trx, change.account, { active: change.kind === 'activated' })
      await setDeactivatedByUs(trx, change.account, change.kind === 'deactivated')
      return []
    case 'accessRevoked':
      await takeAccess(trx, change)
      return []
    case 'accessRestored':
      await giveAccessBack(trx, connection, change, at)
      return []
    case 'deleted':
      return [nameKey(change.name), ...(await removeAccount(trx, change.account))]
    case 'attributesSet':
      await setAttributesWritten(trx, change.account, change.attributes)
      return []
    case 'groupCreated': {
      const group = await storeGroup(trx, target, change.name)
      const { sourceGroup } = change
      if (sourceGroup !== undefined)
        await bindGroup(trx, { target, connection, sourceGroup, group, createdByUs: true, at })
      return []
    }
    case 'groupBound':
      await bindGroup(trx, { ...change, target, connection, createdByUs: false, at })
      return []
    case 'groupUnbound':
      await unbindGroup(trx, { ...change, target, connection })
      return []
    case 'membershipsReleased':
      await releaseMemberships(trx, connection, change)
      return []
    case 'childAdded':
      await storeNestedGroup(trx, connection, change, at)
      return []
    case 'childRemoved':
      await removeNestedGroup(trx, change)
      return []
    case 'groupDeleted':
      await removeGroup(trx, change.group)
      return [nameKey(change.name)]
    case 'accountSeen':
      await storeAccount(trx, target, change.account)
      return []
    case 'accountGone':
      await markAccountGone(trx, change.account, at)
      return []
    case 'memberAdded':
    case 'memberRemoved':
    case 'memberReturned':
    case 'membershipsAdopted':
    case 'none':
      return []
    default:
      return assertNever(change)
  }
}
