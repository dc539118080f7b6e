import type { FindingView, OperationView } from '@rollcall/contract/api/plans'
import { expect } from 'vitest'
import type { ProductState } from '../products/product-state.ts'
import { applied, type Done } from './undo-world.ts'

export interface Comparison {
  readonly before: ReadonlyMap<string, ProductState>
  readonly now: ReadonlyMap<string, ProductState>
  /** What was done and taken back. */
  readonly steps: readonly Done[]
  readonly undone: readonly Done[]
}

/** Every product is as it was, but for whom the plans said beforehand that no undo brings them back. */
export function expectSame({ before, now, steps, undone }: Comparison): void {
  for (const [target, was] of before) {
    const did = steps.flatMap(({ operations }) => operations.get(target) ?? []).filter(applied)
    const findings = undone.flatMap((one) => one.findings.get(target) ?? [])
    const lost = namesLost(did, findings)
    const is = now.get(target)
    const story = () =>
      JSON.stringify({ target, steps: told(steps, target), undone: told(undone, target) }, undefined, 1)
    expect(is && without(is, lost, was), story()).toEqual(without(was, lost, was))
  }
}

const told = (all: readonly Done[], target: string): readonly string[] =>
  all.flatMap(({ run, operations }) =>
    (operations.get(target) ?? []).map(
      ({ description, status, outcome }) => `${run}: ${description}, ${status} ${outcome?.message ?? ''}`,
    ),
  )

const createdAgain = /can be created again with its profile and groups/

const lastsForGood = ({ kind, lost = '' }: OperationView): boolean =>
  kind === 'createUser' || (kind === 'updateUser' && lost !== '') || (kind === 'deleteUser' && !createdAgain.test(lost))

/**
 * Whose account cannot be as it was, by the names that they have and had. Whatever else an undo leaves alone has to follow
 * from that: a name that such an account keeps, and what was theirs.
 */
function namesLost(did: readonly OperationView[], findings: readonly FindingView[]): ReadonlySet<string> {
  const lost = new Set(
    did.filter(lastsForGood).flatMap((one) => [...namesOf(one), ...(one.kind === 'updateUser' ? [one.subject] : [])]),
  )
  const subjects = new Set(did.filter(lastsForGood).map(({ subject }) => subject))
  for (const { code, subject, message } of findings) {
    if (code !== 'changedSince') continue
    const [, kept] = /^The name (\S+) (?:is taken|belongs)/.exec(message) ?? []
    if (kept === undefined && subjects.has(subject)) continue
    expect([...lost]).toContain(kept ?? message)
    for (const each of did) if (each.subject === subject) for (const name of namesOf(each)) lost.add(name)
  }
  return lost
}

const namesOf = ({ before, after }: OperationView): readonly string[] =>
  [before?.name, after?.name].filter((name) => typeof name === 'string')

/** What nobody lost has a part in; a lead is compared where it was not theirs. */
function without(state: ProductState, lost: ReadonlySet<string>, before: ProductState) {
  const kept = <T>(all: ReadonlyMap<string, T>) => Object.fromEntries([...all].filter(([name]) => !lost.has(name)))
  const leads = Object.entries(state.leads).filter(([thing]) => !lost.has(before.leads[thing] ?? ''))
  return {
    accounts: kept(state.accounts),
    groups: Object.fromEntries(
      [...state.groups].map(([name, members]) => [name, members.filter((member) => !lost.has(member))]),
    ),
    children: Object.fromEntries(state.children),
    attributes: kept(state.attributes),
    leads: Object.fromEntries(leads),
  }
}

/** Who was created stays as the plan said: without groups, and inactive where it said so. */
export function expectAsPromised({ now, steps }: Pick<Comparison, 'now' | 'steps'>): void {
  for (const [target, state] of now) {
    const did = steps.flatMap(({ operations }) => operations.get(target) ?? []).filter(applied)
    expect({ target, created: createdIn(state, did) }).toEqual({ target, created: promisedOf(state, did) })
  }
}

const created = ({ accounts }: ProductState, did: readonly OperationView[]) =>
  did.flatMap(({ kind, after, lost = '' }) => {
    const name = String(after?.name)
    const account = kind === 'createUser' ? accounts.get(name) : undefined
    return account ? [{ name, account, lost }] : []
  })

const createdIn = (state: ProductState, did: readonly OperationView[]) =>
  created(state, did).map(({ name, account: { active } }) => ({
    name,
    active,
    groups: [...state.groups].filter(([, members]) => members.includes(name)).map(([group]) => group),
  }))

const promisedOf = (state: ProductState, did: readonly OperationView[]) =>
  created(state, did).map(({ name, lost }) => ({ name, active: /stays, active/.test(lost), groups: [] }))
