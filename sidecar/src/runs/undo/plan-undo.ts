import { setImmediate as turn } from 'node:timers/promises'
import type { NameKey, PlanId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { type Ability, abilityNames } from '../../planning/capabilities.ts'
import type { Operation, OperationKind, PlannedOperation } from '../../planning/operation.ts'
import type { Inverse, UndoRemark } from '../../planning/undo/inverse.ts'
import { invertOperation, irreversibleWith } from '../../planning/undo/undo-kinds.ts'
import type { UndoRecord } from '../../planning/undo/undo-record.ts'
import type { UndoWorld } from '../../planning/undo/undo-world.ts'
import { newestMark } from '../../state/marks/mark-sequence.ts'
import { loadUndoWorld } from '../../state/undo/load-undo-world.ts'
import { readRunPart, type SettledOperation } from '../../state/undo/settled-operations.ts'
import type { UndoFinding, UndoOperation } from '../../state/undo/store-undo-plan.ts'
import { readUndoRecords } from '../../state/undo/undo-records.ts'
import type { Db } from '../../store/transaction.ts'
import { inPieces } from '../planning/pieces.ts'
import type { PlannedLeg } from '../planning/planned-leg.ts'
import { readLeg } from '../planning/read-leg.ts'
import { concludeUndo } from './conclude-undo.ts'
import { askTarget, observeScope } from './observe-scope.ts'
import { createReverseOrder } from './reverse-order.ts'
import { type RunScope, scanRun, settledPieces } from './scan-run.ts'
import type { UndoLegInput, UndoLegTools } from './undo-leg-input.ts'

/**
 * A plan that takes back exactly what a run did on one leg, the last first. Everything that the run touched is looked at
 * in the target before; what is not as the run left it is left alone, with the reason.
 */
export async function planUndo(input: UndoLegInput, tools: UndoLegTools): Promise<PlannedLeg> {
  const { db, planning, undo, signal } = tools
  const { leg, run, asOf, undone } = input
  const settings = await readLeg(db, leg)
  const part = await readRunPart(db, undone, input.undonePlan)
  const scope = part && (await scanRun(db, part, signal))
  if (scope) await observeScope(input, tools, scope)
  const markSeq = await newestMark(db)
  const plan = await planning.openPlan({ run, leg, asOf, markSeq, policyVersion: settings.version })
  if (part && scope) {
    const world = await loadUndoWorld(db, leg, scope)
    await askTarget(input, tools, scope, world)
    const draft = createDraft(plan, scope, world)
    const order = createReverseOrder<Undoable>(scope.followers)
    for await (const piece of settledPieces(db, part)) {
      await turn()
      signal.throwIfAborted()
      await invertPiece(input, tools, draft, (await withRecords(db, piece)).flatMap(order.take))
    }
    await invertPiece(input, tools, draft, order.rest())
  }
  await undo.replaceEarlierUndo(plan, undone)
  return concludeUndo(input, tools, { plan, settings, subjects: scope?.identities.size ?? 0 })
}

/** What the run did, with what was saved before it did. */
type Undoable = SettledOperation & { readonly saved: UndoRecord | undefined }

async function withRecords(db: Db, piece: readonly SettledOperation[]): Promise<readonly Undoable[]> {
  const records = await readUndoRecords(
    db,
    piece.map(({ id }) => id),
  )
  return piece.map((settled) => ({ ...settled, saved: records.get(settled.id) }))
}

interface Draft {
  readonly plan: PlanId
  readonly scope: RunScope
  readonly world: UndoWorld
  next: number
  /** Position of an operation of the run to those that take it back. */
  readonly inverses: Map<number, readonly number[]>
  /** Groups that this plan creates again: what goes into them comes behind. */
  readonly recreated: Map<NameKey, number>
}

const createDraft = (plan: PlanId, scope: RunScope, world: UndoWorld): Draft => ({
  plan,
  scope,
  world,
  next: 0,
  inverses: new Map(),
  recreated: new Map(),
})

async function invertPiece(
  input: UndoLegInput,
  { undo }: UndoLegTools,
  draft: Draft,
  piece: readonly Undoable[],
): Promise<void> {
  const operations: UndoOperation[] = []
  const findings: UndoFinding[] = []
  for (const settled of piece) {
    const inverse = invertOne(input, draft, settled)
    if (inverse.kind === 'asBefore') continue
    const remarks = inverse.kind === 'not' ? [inverse.remark] : inverse.remarks
    findings.push(...remarks.map((remark) => findingOf(settled, remark)))
    if (inverse.kind === 'not') continue
    inverse.apply()
    operations.push(...place(draft, settled, inverse.operations))
  }
  await inPieces(operations, (rows) => undo.storeUndoOperations(draft.plan, rows))
  await inPieces(findings, (rows) => undo.storeUndoFindings(draft.plan, rows, input.asOf))
}

function invertOne(input: UndoLegInput, { world }: Draft, { operation, settledAt, saved, undid }: Undoable): Inverse {
  const reasons = [{ kind: 'undo', run: input.undone }] as const
  const { deleteCreated, capabilities } = input
  const inverse = invertOperation(operation, { world, saved, undid, settledAt, reasons, capabilities, deleteCreated })
  if (inverse.kind !== 'takeBack') return inverse
  const forGood = irreversibleWith(operation.kind, capabilities)
  if (forGood !== undefined) return { kind: 'not', remark: lastsForGood(nameOf(operation), forGood) }
  const objection = inverse.operations.map((one) => objectionTo(one, input, world)).find((one) => one !== undefined)
  return objection ? { kind: 'not', remark: objection } : inverse
}

const nameOf = (operation: Operation): string =>
  'account' in operation ? operation.account.name : operation.group.name

/** As the plan said before it was done. */
const lastsForGood = (name: string, why: string): UndoRemark => ({
  code: 'unsupported',
  message: `What was done to ${name} is not taken back: ${why}`,
  remedy: 'Nothing is done about it; bring it back in the product by hand where that is possible.',
})

/** What a plan may never do, and what this target cannot. */
function objectionTo(
  operation: Operation,
  { protection, capabilities }: UndoLegInput,
  world: UndoWorld,
): UndoRemark | undefined {
  const ability = asMember[operation.kind] ?? operation.kind
  const capability = isAbility(ability) ? capabilities.abilities[ability] : undefined
  if (capability?.able === false) {
    const message = `The target cannot do what would take this back (${operation.kind}).`
    return { code: 'unsupported', message, remedy: capability.reason }
  }
  const name = protectedName(operation, protection, world)
  if (name === undefined) return undefined
  return {
    code: 'protected',
    message: `${name} is protected, so what the run did there stays.`,
    remedy: 'Change it in the product, or take the name out of the protected ones.',
  }
}

/** Whose an account is makes no difference to the product. */
const asMember: Partial<Record<OperationKind, Ability>> = {
  removeUnclaimed: 'removeMember',
  returnUnclaimed: 'addMember',
}

const isAbility = (kind: string): kind is Ability => (abilityNames as readonly string[]).includes(kind)

function protectedName(
  operation: Operation,
  { ownAccount, accounts, groups }: UndoLegInput['protection'],
  world: UndoWorld,
): string | undefined {
  const keep = new Set(accounts.map(nameKey))
  const keepGroups = new Set(groups.map(nameKey))
  if ('account' in operation) {
    const { id, name } = operation.account
    const own = id !== undefined && world.accounts.get(id)?.key === ownAccount
    if (own || keep.has(nameKey(name))) return name
  }
  const named = 'groups' in operation ? operation.groups : 'group' in operation ? [operation.group] : []
  return named.find(({ name }) => keepGroups.has(nameKey(name)))?.name
}

/** In the order in which they are found: what came last goes first, and what something waited for goes behind it. */
function place(
  draft: Draft,
  { id, position }: SettledOperation,
  operations: readonly Operation[],
): readonly UndoOperation[] {
  const waitsFor = (draft.scope.followers.get(position) ?? []).flatMap((one) => draft.inverses.get(one) ?? [])
  const placed = operations.map((operation): PlannedOperation => {
    const created = 'group' in operation ? draft.recreated.get(nameKey(operation.group.name)) : undefined
    if (operation.kind === 'createGroup') draft.recreated.set(nameKey(operation.group.name), draft.next)
    const after = created === undefined ? waitsFor : [...waitsFor, created]
    return { position: draft.next++, operation, revision: undefined, after }
  })
  draft.inverses.set(
    position,
    placed.map((one) => one.position),
  )
  return placed.map((planned) => ({ planned, undoes: id }))
}

const findingOf = ({ operation, subjectName }: SettledOperation, remark: UndoRemark): UndoFinding => ({
  ...remark,
  subject:
    'identity' in operation
      ? { kind: 'identity', id: operation.identity }
      : { kind: 'sourceGroup', id: operation.sourceGroup ?? 0 },
  subjectName,
})
