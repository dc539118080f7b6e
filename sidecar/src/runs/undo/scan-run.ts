import type { AccountId, IdentityId, NameKey, SourceGroupId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { Operation } from '../../planning/operation.ts'
import { type RunPart, readSettled, type SettledOperation } from '../../state/undo/settled-operations.ts'
import { readUndoRecords } from '../../state/undo/undo-records.ts'
import type { Db } from '../../store/transaction.ts'
import { pieceSize } from '../planning/pieces.ts'

/** Whom and what a run touched: all that has to be looked at before it can be taken back. */
export interface RunScope {
  readonly identities: Set<IdentityId>
  readonly accounts: Set<AccountId>
  readonly created: Set<IdentityId>
  readonly groups: Set<NameKey>
  readonly createdGroups: Map<NameKey, string>
  readonly sourceGroups: Set<SourceGroupId>
  /** Names that somebody has to have, or that have to be free, if something is taken back. */
  readonly names: Set<NameKey>
  leads: boolean
  /** Position of an operation to the positions of those that had to wait for it. */
  readonly followers: Map<number, number[]>
  operations: number
}

/** Goes once through all that the run did, a piece at a time. */
export async function scanRun(db: Db, part: RunPart, signal: AbortSignal): Promise<RunScope> {
  const scope: RunScope = {
    identities: new Set(),
    accounts: new Set(),
    created: new Set(),
    groups: new Set(),
    createdGroups: new Map(),
    sourceGroups: new Set(),
    names: new Set(),
    leads: false,
    followers: new Map(),
    operations: 0,
  }
  for await (const piece of settledPieces(db, part)) {
    signal.throwIfAborted()
    for (const settled of piece) note(scope, settled)
    await noteSaved(db, scope, piece)
  }
  return scope
}

/** What a run did, the last first. */
export async function* settledPieces(db: Db, part: RunPart): AsyncGenerator<readonly SettledOperation[]> {
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const piece = await readSettled(db, part, before, pieceSize)
    if (piece.length > 0) yield piece
    const last = piece.at(-1)
    if (last === undefined || piece.length < pieceSize) return
    before = last.position
  }
}

function note(scope: RunScope, { position, operation, after, undid }: SettledOperation): void {
  scope.operations += 1
  for (const first of after) {
    const followers = scope.followers.get(first)
    if (followers) followers.push(position)
    else scope.followers.set(first, [position])
  }
  if ('identity' in operation) {
    scope.identities.add(operation.identity)
    if (operation.account.id !== undefined) scope.accounts.add(operation.account.id)
  } else if ('account' in operation) scope.accounts.add(operation.account.id)
  else if (operation.sourceGroup !== undefined) scope.sourceGroups.add(operation.sourceGroup)
  for (const name of groupsOf(operation)) scope.groups.add(nameKey(name))
  for (const one of undid ? [operation, undid] : [operation]) {
    for (const name of namesOf(one)) scope.names.add(nameKey(name))
  }
  if (operation.kind === 'createUser') scope.created.add(operation.identity)
  if (operation.kind === 'createGroup') scope.createdGroups.set(nameKey(operation.group.name), operation.group.name)
  if (operation.kind === 'reassignProjectLead' || operation.kind === 'reassignComponentLead') scope.leads = true
}

function groupsOf(operation: Operation): readonly string[] {
  if ('groups' in operation) return operation.groups.map(({ name }) => name)
  const child = 'child' in operation ? [operation.child.name] : []
  return 'group' in operation ? [operation.group.name, ...child] : []
}

function namesOf(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'createUser':
      return [operation.after.name]
    case 'deleteUser':
      return [operation.before.name]
    case 'renameUser':
      return [operation.before.name, operation.after.name]
    case 'reassignProjectLead':
    case 'reassignComponentLead':
      return [operation.after.lead]
    default:
      return []
  }
}

/** Members of groups that were deleted, and groups of people who were. */
async function noteSaved(db: Db, scope: RunScope, piece: readonly SettledOperation[]): Promise<void> {
  const gone = piece.filter(({ operation: { kind } }) => kind === 'deleteUser' || kind === 'deleteGroup')
  const records = await readUndoRecords(
    db,
    gone.map(({ id }) => id),
  )
  for (const { members, groups } of records.values()) {
    for (const account of members ?? []) scope.accounts.add(account)
    for (const name of groups ?? []) scope.groups.add(nameKey(name))
  }
}
