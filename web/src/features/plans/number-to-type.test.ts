import type { PlanView } from '@rollcall/contract/api/plans'
import { describe, expect, test } from 'vitest'
import { numberToType, sameNumber } from './number-to-type.ts'

const plan = (status: PlanView['status'], counts: PlanView['counts']): PlanView => ({
  id: 1,
  runId: 1,
  connection: { slug: 'entra', name: 'Entra' },
  target: { slug: 'jira', name: 'Jira' },
  status,
  asOf: 0,
  subjects: 0,
  counts,
  findings: {},
  causes: [],
  margins: [],
  irreversible: [],
  seats: [],
  first: false,
  applicable: true,
})

describe('numberToType', () => {
  test('is how many changes take something away, held or not, without those that are settled', () => {
    const counts = {
      deactivateUser: { planned: 2, held: 3, applied: 50 },
      removeMember: { held: 4 },
      addMember: { planned: 9 },
    }
    expect(numberToType(plan('held', counts))).toEqual({ number: 9, destructive: true })
  })

  test('is every change of a held plan that only gives', () => {
    expect(numberToType(plan('held', { createUser: { held: 7 } }))).toEqual({ number: 7, destructive: false })
  })

  test('is nothing for a clear plan that only gives', () => {
    expect(numberToType(plan('planned', { createUser: { planned: 7 } }))).toBeUndefined()
  })
})

test.each(['1234', '1,234', '1 234', '1.234', ' 1’234 '])('%s is typed as 1234', (typed) => {
  expect(sameNumber(typed, 1234)).toBe(true)
  expect(sameNumber(`${typed}5`, 1234)).toBe(false)
})
