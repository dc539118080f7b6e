import type { AccountId, AccountKey } from '../../identity/ids.ts'
import {
  accountsAfter,
  type KnownAccount,
  knownAccounts,
  type SeenAccount,
  type SignIn,
  sameAccount,
} from '../../state/observed/observed-accounts.ts'
import { pieceSize, pieces } from '../staging/difference.ts'
import type { Observing } from './observing.ts'
import { parseAccount, type StagedObservation } from './stage-observation.ts'

interface AppliedAccounts {
  /** Store ids by staged number; 0 for members that are no accounts we know. */
  readonly ids: Float64Array
  readonly counts: {
    readonly added: number
    readonly changed: number
    readonly missing: number
    /** Claimed accounts that the listing left out and the target has nevertheless. */
    readonly unlisted: number
  }
}

/** At most this many claimed accounts are looked up at a time. */
const lookupsAtOnce = 4

/** Stores new, changed and missing accounts, a thousand at a time, and finds everybody's id on the way. */
export async function applyAccounts(observing: Observing, staged: StagedObservation): Promise<AppliedAccounts> {
  const ids = new Float64Array(staged.accounts.named() + 1)
  const counts = { added: 0, changed: 0 }
  const seen = new Set<AccountId>()
  for (let after = 0; ; ) {
    const records = staged.accounts.after(after, pieceSize)
    const last = records.at(-1)
    if (last === undefined) break
    after = last.local
    const accounts = records.map((record) => parseAccount(record.content ?? '{}'))
    const stored = await storeDifference(observing, accounts, counts)
    for (const [index, record] of records.entries()) {
      const id = stored.get(accounts[index]?.key as AccountKey)
      if (id === undefined) continue
      ids[record.local] = id
      seen.add(id)
    }
  }
  const { missing, found } = await applyMissing(observing, seen)
  await storeDifference(observing, found, counts)
  for (const account of await knownAmongMembers(observing, staged, ids))
    ids[staged.accounts.localOf(account.key)] = account.id
  return { ids, counts: { ...counts, missing, unlisted: found.length } }
}

async function storeDifference(
  { target, at, db, write }: Observing,
  accounts: readonly SeenAccount[],
  counts: { added: number; changed: number },
): Promise<Map<AccountKey, AccountId>> {
  const ids = new Map<AccountKey, AccountId>()
  for (const piece of pieces(accounts)) {
    const known = await knownAccounts(
      db,
      target,
      piece.map((account) => account.key),
    )
    const stored = new Map(known.map((account) => [account.key, account]))
    const changed = piece.filter((account) => !sameAccount(account, stored.get(account.key)))
    const added = changed.filter((account) => !stored.has(account.key)).length
    counts.added += added
    counts.changed += changed.length - added
    for (const account of known) ids.set(account.key, account.id)
    const signIns = signInsOf(piece, stored)
    if (signIns.length > 0) await write.storeSignIns(signIns)
    if (changed.length === 0) continue
    const changedIds = await write.storeAccounts(target, changed, at)
    for (const [index, account] of changed.entries()) ids.set(account.key, changedIds[index] as AccountId)
  }
  return ids
}

function signInsOf(seen: readonly SeenAccount[], stored: ReadonlyMap<AccountKey, KnownAccount>): SignIn[] {
  return seen.flatMap(({ key, lastSignInAt }) => {
    const known = stored.get(key)
    return known && lastSignInAt !== undefined && known.lastSignInAt !== lastSignInAt
      ? [{ account: known.id, at: lastSignInAt }]
      : []
  })
}

/** Nothing is concluded about a claimed account from a listing alone: it is looked up by its key first. */
async function applyMissing(observing: Observing, seen: ReadonlySet<AccountId>) {
  const { target, at, db, write } = observing
  const found: SeenAccount[] = []
  let missing = 0
  for (let after = 0; ; ) {
    const stored = await accountsAfter(db, target, after, pieceSize)
    const last = stored.at(-1)
    if (last === undefined) return { missing, found }
    after = last.id
    const unseen = stored.filter((account) => account.present && !seen.has(account.id))
    const existing = await lookUp(
      observing,
      unseen.filter((account) => account.claimed),
    )
    found.push(...existing.values())
    const gone = unseen.filter((account) => !existing.has(account.key))
    missing += gone.length
    if (gone.length > 0) await write.storeMissingAccounts(target, gone, at)
  }
}

async function lookUp(
  { opened, signal }: Observing,
  accounts: readonly KnownAccount[],
): Promise<Map<AccountKey, SeenAccount>> {
  const found = new Map<AccountKey, SeenAccount>()
  for (const few of pieces(accounts, lookupsAtOnce)) {
    for (const account of await Promise.all(few.map(({ key }) => opened.findAccount({ key }, signal)))) {
      if (account !== undefined) found.set(account.key, account)
    }
  }
  return found
}

/** Members that the listing of accounts left out, as far as the store knows them. */
async function knownAmongMembers({ target, db }: Observing, { accounts }: StagedObservation, ids: Float64Array) {
  const open: number[] = []
  for (let local = 1; local < ids.length; local++) if (ids[local] === 0) open.push(local)
  const known: KnownAccount[] = []
  for (const piece of pieces(open)) known.push(...(await knownAccounts(db, target, piece.map(accounts.externalIdOf))))
  return known.filter((account) => account.present)
}
