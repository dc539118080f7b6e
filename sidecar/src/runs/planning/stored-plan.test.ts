import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PlanId } from '../../identity/ids.ts'
import { findFindings } from '../../state/findings/find-findings.ts'
import { listHeldLegs } from '../../state/holds/open-hold.ts'
import { findOperations, findOperationsOf } from '../../state/plans/find-operations.ts'
import { findingsOfPlan, findPlan, findPlans } from '../../state/plans/find-plans.ts'
import { prunePlans } from '../../state/plans/prune-plans.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import type { Db } from '../../store/transaction.ts'
import { carryOut, createPlanningWorld, type PlanningWorld, policyWith } from './testing/planning-world.ts'

const day = 86_400_000

describe.each(testDatabases)('a stored plan as it is read on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  let world: PlanningWorld

  beforeEach(async () => {
    ;({ db, close } = await open())
    world = await createPlanningWorld(db, policyWith({ groups: { mode: 'onTheFly' } }))
  })
  afterEach(() => close())

  const all = { kinds: [], statuses: [], search: undefined, after: -1, limit: 100 }
  const said = ({
    operation,
    subjectName,
    groupName,
  }: {
    operation: { kind: string }
    subjectName: string
    groupName: string | undefined
  }) => `${operation.kind} ${subjectName} ${groupName ?? ''}`.trim()

  async function threePeople(): Promise<PlanId> {
    const staff = await world.sourceGroup('Größe')
    for (const name of ['ada', 'bob', 'eve']) await world.identity(name, { groups: [staff] })
    return (await world.plan()).plan
  }

  test('its header says what it is about, what it would do and how near the limits are', async () => {
    const plan = await threePeople()
    const header = await findPlan(db, plan)
    expect(header).toMatchObject({
      id: plan,
      leg: world.leg,
      connection: { slug: 'entra' },
      target: { slug: 'jira' },
      status: 'planned',
      subjects: 3,
      counts: { addMember: { planned: 3 }, createUser: { planned: 3 }, createGroup: { planned: 1 } },
      verdict: { causes: [], whole: true },
      policyCurrent: true,
      appliedBy: undefined,
    })
    expect(header?.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(header?.verdict.margins.map(({ name }) => name)).toContain('accounts')
    await world.setPolicy(policyWith())
    expect((await findPlan(db, plan))?.policyCurrent).toBe(false)
    expect(await findPlan(db, (plan + 1) as PlanId)).toBeUndefined()
  })

  test('plans come newest first, by leg and status', async () => {
    const other = await world.connect('okta', policyWith())
    const first = await threePeople()
    const second = (await world.plan()).plan
    const theirs = (await world.plan({ leg: other })).plan
    const filter = { statuses: [], before: undefined, limit: 10 } as const
    expect((await findPlans(db, filter)).map(({ id }) => id)).toEqual([theirs, second, first])
    expect((await findPlans(db, { ...filter, connection: world.leg.connection })).map(({ id }) => id)).toEqual([
      second,
      first,
    ])
    expect((await findPlans(db, { ...filter, statuses: ['replaced'] })).map(({ id }) => id)).toEqual([first])
    expect((await findPlans(db, { ...filter, before: second })).map(({ id }) => id)).toEqual([first])
  })

  test('its operations come page by page in its order', async () => {
    const plan = await threePeople()
    const whole = await findOperations(db, plan, all)
    expect(whole.total).toBe(8)
    expect(whole.nextAfter).toBeUndefined()
    const pages: string[] = []
    for (let after: number | undefined = -1; after !== undefined; ) {
      const page = await findOperations(db, plan, { ...all, after, limit: 3 })
      expect(page.total).toBe(8)
      pages.push(...page.operations.map(said))
      after = page.nextAfter
    }
    expect(pages).toEqual(whole.operations.map(said))
  })

  test('it is searched by part of a name, of people and of groups, beyond ASCII in any case', async () => {
    const plan = await threePeople()
    const found = async (search: string) => (await findOperations(db, plan, { ...all, search })).operations.map(said)
    expect(await found('DA')).toEqual(['createUser ada', 'addMember ada Größe'])
    expect(await found('GRÖSSE')).toEqual([])
    expect((await found('RÖß')).length).toBe(5)
    expect(await found('%')).toEqual([])
    expect(await found("'")).toEqual([])
  })

  test('it is filtered by kind and status, and shows one person', async () => {
    const plan = await threePeople()
    const { operations, total } = await findOperations(db, plan, {
      ...all,
      kinds: ['createUser', 'bindGroup'],
      limit: 2,
    })
    expect([operations.map(said), total]).toEqual([['bindGroup Größe', 'createUser ada'], 4])
    expect((await findOperations(db, plan, { ...all, statuses: ['held'] })).total).toBe(0)
    const ada = operations.flatMap(({ operation }) => ('identity' in operation ? [operation.identity] : []))[0]
    if (ada === undefined) throw new Error('no person in the plan')
    expect((await findOperationsOf(db, plan, ada)).map(said)).toEqual(['createUser ada', 'addMember ada Größe'])
  })

  test('findings are counted, searched and paged', async () => {
    for (const name of ['ada', 'adam', 'bob']) await world.identity(name, { email: null })
    const { plan } = await world.plan()
    const header = await findPlan(db, plan)
    expect(header && (await findingsOfPlan(db, header))).toEqual({ missingAttribute: 3 })
    const filter = { codes: ['missingAttribute'], search: 'ADA', after: 0, limit: 1 }
    const first = await findFindings(db, world.leg, filter)
    expect(first).toMatchObject({ total: 2, findings: [{ subjectName: 'ada', subjectKind: 'identity' }] })
    const second = await findFindings(db, world.leg, { ...filter, after: first.nextAfter ?? 0 })
    expect(second).toMatchObject({ findings: [{ subjectName: 'adam' }], nextAfter: undefined })
    expect((await findFindings(db, world.leg, { ...filter, codes: ['conflict'] })).total).toBe(0)
  })

  test('legs that wait for an administrator are listed', async () => {
    expect(await listHeldLegs(db)).toEqual([])
    await world.approve(world.leg, null)
    const plan = await threePeople()
    expect(await listHeldLegs(db)).toEqual([{ ...world.leg, plan }])
  })

  test('empty plans and runs go after 30 days, operations after 400, headers with numbers stay', async () => {
    const plan = await threePeople()
    await carryOut(db, world.leg, plan)
    for (let run = 0; run < 3; run++) await world.plan()
    await db.updateTable('run').set({ state: 'finished', finished_at: world.asOf }).execute()
    expect(await prunePlans(db, world.asOf + 29 * day)).toEqual({ operations: 0, plans: 0, runs: 0 })
    // The newest plan of a leg stays, because it says which policy went through.
    expect(await prunePlans(db, world.asOf + 31 * day)).toEqual({ operations: 0, plans: 2, runs: 2 })
    expect((await findOperations(db, plan, all)).total).toBe(8)
    expect(await prunePlans(db, world.asOf + 401 * day)).toEqual({ operations: 8, plans: 0, runs: 0 })
    expect((await findPlan(db, plan))?.counts).toMatchObject({ createUser: { planned: 3 } })
  })
})
