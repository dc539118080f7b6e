import { expect, test } from 'vitest'
import type { AccountId, IdentityId, PlanId, SourceGroupId, TargetGroupId } from '../../identity/ids.ts'
import type { Operation, PlannedOperation } from '../../planning/operation.ts'
import { fromOperationRow, toOperationRow } from './operation-row.ts'

const plan = 7 as PlanId
const ada = { identity: 3 as IdentityId, account: { id: 5 as AccountId, name: 'Ada' } }
const staff = { id: 11 as TargetGroupId, name: 'Staff' }
const fresh = { id: undefined, name: 'Fresh' }
const profile = { name: 'ada', email: 'ada@example.com', displayName: 'Ada' }

const operations: Operation[] = [
  {
    ...ada,
    account: { id: undefined, name: 'ada' },
    kind: 'createUser',
    after: profile,
    reasons: [{ kind: 'newIdentity' }],
  },
  {
    ...ada,
    kind: 'adoptAccount',
    before: { ...profile, active: true },
    reasons: [{ kind: 'matched', by: 'userName' }],
  },
  { ...ada, kind: 'updateUser', before: profile, after: { email: 'b@example.com' }, reasons: [] },
  { ...ada, kind: 'renameUser', before: { name: 'Ada' }, after: { name: 'bea' }, temporary: false, reasons: [] },
  { ...ada, kind: 'deleteUser', before: profile, reasons: [{ kind: 'deletedAtProvider', since: 1 }] },
  { ...ada, kind: 'setAttributes', after: { floor: 3, tags: ['a', 'b'] }, reasons: [{ kind: 'customAttribute' }] },
  { ...ada, kind: 'addMember', group: fresh, how: 'added', reasons: [{ kind: 'sourceGroup', path: ['a', 'b'] }] },
  { ...ada, kind: 'removeMember', group: staff, reasons: [{ kind: 'noLongerInSourceGroup' }] },
  { ...ada, kind: 'adoptMemberships', groups: [staff, fresh], reasons: [] },
  {
    ...ada,
    kind: 'reassignProjectLead',
    project: { key: 'ABC', name: 'Alphabet' },
    after: { lead: 'boss' },
    reasons: [{ kind: 'leadOfLeaver', leader: 'ada' }],
  },
  { kind: 'createGroup', sourceGroup: 4 as SourceGroupId, group: fresh, reasons: [] },
  { kind: 'deleteGroup', sourceGroup: undefined, group: staff, reasons: [{ kind: 'groupUnbound', since: 9 }] },
]

test.each(operations.map((operation) => [operation.kind, operation] as const))(
  '%s comes back from its row as it was',
  (_, operation) => {
    const planned: PlannedOperation = { position: 42, operation, revision: 'r', after: [1, 2] }
    expect(fromOperationRow(toOperationRow(plan, planned, undefined))).toEqual(planned)
  },
)

test('a membership takes no more of a row than its reasons', () => {
  const planned: PlannedOperation = {
    position: 1,
    operation: {
      ...ada,
      kind: 'addMember',
      group: staff,
      how: 'added',
      reasons: [{ kind: 'sourceGroup', path: ['Staff'] }],
    },
    revision: undefined,
    after: [],
  }
  expect(toOperationRow(plan, planned, undefined)).toMatchObject({
    subject_name_key: 'ada',
    group_name_key: 'staff',
    detail: '{"how":"added","reasons":[{"kind":"sourceGroup","path":["Staff"]}]}',
    after_positions: null,
    status: 'planned',
  })
})

test('an operation that is held from the start says by what', () => {
  const planned: PlannedOperation = {
    position: 1,
    operation: { ...ada, kind: 'activateUser', reasons: [] },
    revision: 'r',
    after: [],
  }
  expect(toOperationRow(plan, planned, 'firstPlan')).toMatchObject({ status: 'held', held_by: 'firstPlan' })
})
