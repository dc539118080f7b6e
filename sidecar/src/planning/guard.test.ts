import { describe, expect, test } from 'vitest'
import { type CauseCode, type GuardFacts, judge, type Totals } from './guard.ts'
import { policyOf } from './testing/world.ts'

const none: Totals = { accounts: 0, memberships: 0, creates: 0, activations: 0 }

const calm: GuardFacts = {
  plan: none,
  window: none,
  announced: { accounts: 0, memberships: 0, missing: 0 },
  violations: { people: 0, names: [] },
  unclaimed: 0,
  claimed: 5_000,
  granted: 50_000,
  groupLosses: [],
  firstPlan: false,
  firstRun: false,
  outOfScopeLeavers: 0,
  scopeOrPolicyChanged: false,
  source: { before: 5_000, now: 5_000 },
  clock: { movedMs: 0, dueByTime: 0 },
  target: { missingClaims: 0, fingerprintChanged: false },
}

function causes(facts: Partial<GuardFacts>, guard = policyOf().guard): readonly CauseCode[] {
  const verdict = judge({ ...calm, ...facts }, guard)
  return verdict.kind === 'held' ? verdict.causes.map(({ code }) => code) : []
}

describe('limits', () => {
  test.each([
    [60, 10],
    [12, 2],
    [5_000, 15],
    [100_000, 300],
  ])('of %i claimed accounts %i may go within 24 hours', (claimed, limit) => {
    expect(causes({ claimed, plan: { ...none, accounts: limit } })).toEqual([])
    expect(causes({ claimed, plan: { ...none, accounts: limit + 1 } })).toEqual(['accounts'])
  })

  test('what was settled or held within 24 hours counts with the plan', () => {
    const plan = { ...none, accounts: 8 }
    expect(causes({ plan, window: { ...none, accounts: 7 } })).toEqual([])
    expect(causes({ plan, window: { ...none, accounts: 8 } })).toEqual(['accounts'])
  })

  test('a plan that adds nothing to a count has nothing to wait for, whatever went before', () => {
    const window = { ...none, accounts: 500, memberships: 9_000 }
    expect(causes({ window, plan: { ...none, creates: 3 } })).toEqual([])
  })

  test('memberships likewise, of those that were granted', () => {
    expect(causes({ plan: { ...none, memberships: 150 } })).toEqual([])
    expect(causes({ plan: { ...none, memberships: 151 } })).toEqual(['memberships'])
  })

  test.each(['creates', 'activations'] as const)(
    '%s: the larger of 50 and 20 %% of claimed, after the first run',
    (name) => {
      const plan = { ...none, [name]: 51 }
      expect(causes({ claimed: 100, plan })).toEqual([name])
      expect(causes({ claimed: 100, plan, firstRun: true })).toEqual([])
      expect(causes({ claimed: 5_000, plan: { ...none, [name]: 1_000 } })).toEqual([])
      expect(causes({ claimed: 5_000, plan: { ...none, [name]: 1_001 } })).toEqual([name])
    },
  )

  test('an administrator can set the count and the percentage', () => {
    const { guard } = policyOf({ guard: { accounts: { count: 3 }, memberships: { percent: 0 } } })
    expect(causes({ plan: { ...none, accounts: 4 } }, guard)).toEqual(['accounts'])
    expect(causes({ plan: { ...none, memberships: 1 } }, guard)).toEqual(['memberships'])
  })

  test('a group that loses more than max(10, 20 %) of what was granted in it, or all of five or more members', () => {
    const loss = { name: 'staff', removed: 11, granted: 40, members: 60, added: 0 }
    expect(causes({ groupLosses: [loss] })).toEqual(['groupMembers'])
    expect(causes({ groupLosses: [{ ...loss, granted: 60 }] })).toEqual([])
    const emptied = { name: 'small', removed: 5, granted: 5, members: 5, added: 0 }
    expect(causes({ groupLosses: [emptied] })).toEqual(['groupEmptied'])
    expect(causes({ groupLosses: [{ ...emptied, added: 1 }] })).toEqual([])
    expect(causes({ groupLosses: [{ ...emptied, removed: 4, members: 4 }] })).toEqual([])
  })
})

describe('what holds whatever the numbers', () => {
  test.each([
    ['the first plan', { firstPlan: true }, 'firstPlan'],
    ['a source that returns 30 % fewer', { source: { before: 5_000, now: 3_500 } }, 'sourceShrinkage'],
    ['a source that returns nobody', { source: { before: 3, now: 0 } }, 'sourceShrinkage'],
    ['six leavers by a changed scope', { outOfScopeLeavers: 6, scopeOrPolicyChanged: true }, 'outOfScope'],
    ['a clock that jumped', { clock: { movedMs: 3_600_001, dueByTime: 1 } }, 'clockJump'],
    ['a clock that jumped back', { clock: { movedMs: -3_600_001, dueByTime: 1 } }, 'clockJump'],
    ['another instance', { target: { missingClaims: 0, fingerprintChanged: true } }, 'targetChanged'],
    ['a restored target', { target: { missingClaims: 251, fingerprintChanged: false } }, 'targetChanged'],
  ] as const)('%s', (_, facts, code) => {
    expect(causes(facts)).toEqual([code])
  })

  test.each([
    ['20 % fewer people', { source: { before: 5_000, now: 4_000 } }],
    ['no reading at all', { source: undefined }],
    ['five leavers by a changed scope', { outOfScopeLeavers: 5, scopeOrPolicyChanged: true }],
    ['leavers without a change', { outOfScopeLeavers: 12, scopeOrPolicyChanged: false }],
    ['a clock that jumped while nothing was due', { clock: { movedMs: 9e9, dueByTime: 0 } }],
    ['a few missing accounts', { target: { missingClaims: 250, fingerprintChanged: false } }],
  ])('but not %s', (_, facts) => {
    expect(causes(facts)).toEqual([])
  })
})

test('a cause says what it holds; too many creates hold nothing but creates', () => {
  const verdict = judge({ ...calm, plan: { ...none, accounts: 16, creates: 1_001 } }, policyOf().guard)
  expect(verdict).toMatchObject({
    kind: 'held',
    causes: [
      {
        code: 'accounts',
        what: '16 accounts would be deactivated or deleted within 24 hours; the limit is 15 of 5000.',
      },
      { code: 'creates', holds: ['createUser'] },
    ],
  })
  if (verdict.kind === 'held') expect(verdict.causes[0]?.holds).toContain('removeMember')
})

test('margins show how far a clear plan is from being held', () => {
  const { margins } = judge({ ...calm, plan: { ...none, accounts: 3 } }, policyOf().guard)
  expect(margins).toContainEqual({ name: 'accounts', count: 3, limit: 15 })
  expect(margins.map(({ name }) => name)).toEqual([
    'accounts',
    'memberships',
    'creates',
    'activations',
    'sourceShrinkage',
  ])
})

test.each([
  [1, 10],
  [50, 10],
  [55, 11],
  [200, 40],
])('of %i granted members of a group %i may go; the group nearest to that is in the margins', (granted, limit) => {
  const group = (name: string, removed: number) => ({ name, removed, granted, members: 1_000, added: 0 })
  expect(causes({ groupLosses: [group('staff', limit)] })).toEqual([])
  expect(causes({ groupLosses: [group('staff', limit + 1)] })).toEqual(['groupMembers'])
  const { margins } = judge({ ...calm, groupLosses: [group('devs', 1), group('staff', 2)] }, policyOf().guard)
  expect(margins.at(-1)).toEqual({ name: 'groupMembers', count: 2, limit, group: 'staff' })
})

test('who was announced is told beside the limit and not counted', () => {
  const { margins } = judge({ ...calm, announced: { accounts: 300, memberships: 0, missing: 0 } }, policyOf().guard)
  expect(margins).toContainEqual({ name: 'accounts', count: 0, limit: 15, announced: 300 })
  expect(margins).toContainEqual({ name: 'memberships', count: 0, limit: 150 })
})

test('who is missing as announced does not count as shrinkage, and is told beside the limit', () => {
  const source = { before: 1_000, now: 700 }
  const announced = (missing: number) => ({ accounts: 0, memberships: 0, missing })
  expect(causes({ source })).toEqual(['sourceShrinkage'])
  expect(causes({ source, announced: announced(99) })).toEqual(['sourceShrinkage'])
  expect(causes({ source, announced: announced(100) })).toEqual([])
  const { margins } = judge({ ...calm, source, announced: announced(300) }, policyOf().guard)
  expect(margins).toContainEqual({ name: 'sourceShrinkage', count: 0, limit: 200, announced: 300 })
})

test('who is managed by nobody is removed from no group without an approval, and holds nothing else', () => {
  const verdict = judge({ ...calm, plan: { ...none, accounts: 3 }, unclaimed: 1 }, policyOf().guard)
  expect(verdict).toMatchObject({
    kind: 'held',
    causes: [{ code: 'unclaimedMembers', count: 1, holds: ['removeUnclaimed'] }],
  })
})
