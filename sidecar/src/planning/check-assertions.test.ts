import { describe, expect, test } from 'vitest'
import { Problem } from '../problem/problem.ts'
import { compilePolicy } from './compile-policy.ts'
import { applyPlan } from './testing/apply-plan.ts'
import { planWorld } from './testing/plan-world.ts'
import {
  addAccount,
  addConnection,
  addGroup,
  addIdentity,
  addSourceGroup,
  change,
  createWorld,
  policyOf,
} from './testing/world.ts'

const engineers = '!("jira-administrators" in groups) || user.department == "Engineering"'

const policyWith = (expression: string, severity?: 'report') =>
  policyOf({
    guard: { assertions: [{ name: 'Only engineers administer', expression, ...(severity && { severity }) }] },
    groups: { mode: 'onTheFly' },
  })

function world(expression = engineers, severity?: 'report') {
  const all = createWorld()
  const connection = addConnection(all, policyWith(expression, severity))
  const admins = addSourceGroup(connection, 'jira-administrators').id
  const add = (name: string, department: string, isAdmin = true) =>
    addIdentity(connection, name, { attributes: { department }, directGroups: isAdmin ? [admins] : [] })
  const findings = () =>
    planWorld(all, connection)
      .findings.filter(({ code }) => code.startsWith('assertion'))
      .map(({ code, subjectName, message }) => `${code} ${subjectName}: ${message}`)
  return { all, connection, add, findings }
}

describe('assertions', () => {
  test('are about the outcome: who would be in the group after the plan, created by it or not', () => {
    const { all, connection, add, findings } = world()
    add('ada', 'Engineering')
    const eve = add('eve', 'Sales')
    add('bob', 'Sales', false)
    const violated = ['assertionViolated eve: "Only engineers administer" is not true of eve after this plan.']
    expect(findings()).toEqual(violated)
    applyPlan(all, connection, planWorld(all, connection))
    expect(findings()).toEqual(violated)
    change(connection, eve, { directGroups: [] })
    expect(findings()).toEqual([])
  })

  test('see memberships that somebody gave in the product to an account that is adopted', () => {
    const { all, add, findings } = world()
    const group = addGroup(all, 'jira-administrators')
    const account = addAccount(all, 'eve')
    all.memberships.get(account.id)?.add(group.id)
    add('eve', 'Sales', false)
    expect(findings()).toHaveLength(1)
  })

  test('know the name and whether the account is active; whoever is not managed is no example', () => {
    const { all, connection, add, findings } = world('account.active && account.name != "eve"')
    const eve = add('eve', 'Sales')
    const ada = add('ada', 'Sales')
    expect(findings()).toHaveLength(1)
    applyPlan(all, connection, planWorld(all, connection))
    change(connection, ada, { active: false })
    expect(findings()).toHaveLength(2)
    change(connection, eve, { deletedAt: all.asOf })
    connection.policy = { ...connection.policy, users: policyOf({ users: { deleted: { action: 'delete' } } }).users }
    expect(findings()).toHaveLength(1)
  })

  test('are not taken for true where they cannot be evaluated', () => {
    const { add, findings } = world('user.badge == "blue"')
    add('ada', 'Engineering')
    expect(findings()).toEqual([expect.stringMatching(/^assertionViolated ada: .*because it cannot be evaluated: /)])
  })

  test('may be reported only', () => {
    const { add, findings } = world(engineers, 'report')
    add('eve', 'Sales')
    expect(findings()).toEqual([expect.stringMatching(/^assertionReported eve/)])
  })

  test.each([
    ['"x" in groups &&', 'expression_syntax'],
    ['groups', 'expression_type'],
    ['account.name', undefined],
    ['colleagues == 1', 'expression_type'],
    ['user.userName.matches("a")', 'expression_refused'],
  ])('are checked when they are saved: %s', (expression, code) => {
    const compile = () => compilePolicy(policyWith(expression))
    if (code === undefined) expect(compile).not.toThrow()
    else {
      try {
        compile()
        expect.unreachable()
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        expect(error.code).toBe(code)
        expect(error.context).toMatchObject({ path: 'guard/assertions/0/expression', position: expect.any(Number) })
      }
    }
  })
})
