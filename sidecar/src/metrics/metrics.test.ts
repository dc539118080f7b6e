import type { RunProgress } from '@rollcall/contract/api/runs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ConnectionId, IdentityId, NameKey, PlanId, RunId, TargetId } from '../identity/ids.ts'
import { seedConnection, seedTarget } from '../state/testing/seeds.ts'
import { testDatabases } from '../store/testing/databases.ts'
import type { Db } from '../store/transaction.ts'
import { createMetrics, type Metrics } from './metrics.ts'

const noon = Date.UTC(2026, 0, 5, 12)

describe.each(testDatabases)('metrics on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  let connection: ConnectionId
  let target: TargetId
  let metrics: Metrics
  let listener: (progress: RunProgress) => void
  const reported: unknown[] = []

  beforeEach(async () => {
    ;({ db, close } = await open())
    target = await seedTarget(db, 'jira')
    connection = await seedConnection(db, 'entra', [target])
    metrics = newMetrics()
  })
  afterEach(async () => {
    await metrics.close()
    await close()
    expect(reported).toEqual([])
  })

  const newMetrics = () =>
    createMetrics({
      db,
      now: () => noon,
      environment: {},
      report: (error) => reported.push(error),
      runs: {
        subscribe: (_, told) => {
          listener = told
          return () => {}
        },
      },
    })
  const lines = async (name: string) =>
    (await metrics.text()).split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))

  const addPlan = async (counts: object, status = 'applied', started = noon - 4_000) => {
    const run = {
      connection_id: connection,
      run_trigger: 'schedule' as const,
      mode: 'synchronize' as const,
      state: 'finished' as const,
      outcome: 'succeeded' as const,
      queued_at: noon,
      started_at: started,
      finished_at: noon,
    }
    const { id } = await db.insertInto('run').values(run).returning('id').executeTakeFirstOrThrow()
    const plan = {
      run_id: id,
      connection_id: connection,
      target_id: target,
      as_of: noon,
      mark_seq: 0,
      policy_version: 1,
      status: status as 'applied',
      counts: JSON.stringify(counts),
      verdict: '{}',
    }
    const { id: plan_id } = await db.insertInto('plan').values(plan).returning('id').executeTakeFirstOrThrow()
    await db.insertInto('leg').values({ run_id: id, target_id: target, plan_id }).execute()
    return { run: id, plan: plan_id }
  }
  const finished = (run: RunId) => listener({ runId: run, connection: 'entra', state: 'finished', done: 0 })

  test('counts runs by outcome, how long they took, and operations that were settled', async () => {
    const { run } = await addPlan({ createUser: { applied: 3, failed: 1, held: 9 } })
    finished(run)
    await vi.waitFor(async () =>
      expect(await lines('rollcall_runs_total')).toEqual([
        'rollcall_runs_total{connection="entra",outcome="succeeded"} 1',
      ]),
    )
    expect(await lines('rollcall_run_duration_seconds_sum')).toEqual([
      'rollcall_run_duration_seconds_sum{connection="entra"} 4',
    ])
    expect(await lines('rollcall_operations_total')).toEqual([
      'rollcall_operations_total{target="jira",kind="createUser",status="applied"} 3',
      'rollcall_operations_total{target="jira",kind="createUser",status="failed"} 1',
    ])
  })

  test('a plan that two runs execute counts each operation once, also across a restart', async () => {
    const { plan } = await addPlan({ createUser: { applied: 3, held: 2 } }, 'held')
    await metrics.close()
    metrics = newMetrics()
    await metrics.text()
    await db
      .updateTable('plan')
      .set({ counts: JSON.stringify({ createUser: { applied: 5 } }), status: 'applied' })
      .where('id', '=', plan)
      .execute()
    const { run: again } = await addPlan({})
    await db.updateTable('leg').set({ plan_id: plan }).where('run_id', '=', again).execute()
    finished(again)
    finished(again)
    await vi.waitFor(async () =>
      expect(await lines('rollcall_operations_total')).toEqual([
        'rollcall_operations_total{target="jira",kind="createUser",status="applied"} 2',
      ]),
    )
  })

  test('tells what waits, what fails, and how old the last good reading is', async () => {
    await db
      .updateTable('connection')
      .set({ last_reading_at: noon - 90_000 })
      .execute()
    await db.updateTable('policy').set({ failures: 5 }).execute()
    const hold = { connection_id: connection, target_id: target, plan_id: 1 as PlanId, causes: '[]' }
    await db
      .insertInto('hold')
      .values({ ...hold, opened_at: noon, updated_at: noon })
      .execute()
    const finding = { target_id: target, connection_id: connection, plan_id: 1 as PlanId, code: 'conflict' }
    const about = { subject_kind: 'identity', subject_id: 1, subject_name: 'Ann', subject_name_key: 'ann' as NameKey }
    await db
      .insertInto('finding')
      .values({ ...finding, ...about, message: 'm', remedy: 'r', since: noon })
      .execute()
    const mark = {
      target_id: target,
      connection_id: connection,
      subject_kind: 'identity' as const,
      subject_id: 1 as IdentityId,
    }
    await db
      .insertInto('dirty')
      .values({ ...mark, reason: 'retry', seq: 1, marked_at: noon })
      .execute()
    expect(await lines('rollcall_reading_age_seconds')).toEqual(['rollcall_reading_age_seconds{connection="entra"} 90'])
    expect(await lines('rollcall_open_holds')).toEqual(['rollcall_open_holds{connection="entra",target="jira"} 1'])
    expect(await lines('rollcall_findings')).toEqual([
      'rollcall_findings{connection="entra",target="jira",code="conflict"} 1',
    ])
    expect(await lines('rollcall_subjects_waiting')).toEqual([
      'rollcall_subjects_waiting{connection="entra",target="jira"} 1',
    ])
    expect((await lines('rollcall_leg_consecutive_failures'))[0]).toMatch(/ 5$/)
    expect(await lines('rollcall_open_notices')).toEqual([
      'rollcall_open_notices{kind="planHeld"} 1',
      'rollcall_open_notices{kind="legQuarantined"} 1',
    ])
    expect(await metrics.text()).not.toContain('Ann')
    await db.updateTable('hold').set({ closed_at: noon }).execute()
    expect(await lines('rollcall_open_holds')).toEqual(['rollcall_open_holds{connection="entra",target="jira"} 0'])
  })

  test('counts what providers sent since it was asked last', async () => {
    const log = (status: number) => ({
      connection_id: connection,
      at: noon,
      remote_address: '::1',
      method: 'GET',
      status,
      duration_us: 1,
      request_id: 'r',
    })
    await db.insertInto('scim_log').values(log(500)).execute()
    await metrics.text()
    await db
      .insertInto('scim_log')
      .values([log(200), log(201), log(404)])
      .execute()
    const expected = [
      'rollcall_scim_requests_total{connection="entra",status_class="2xx"} 2',
      'rollcall_scim_requests_total{connection="entra",status_class="4xx"} 1',
    ]
    expect((await lines('rollcall_scim_requests_total')).sort()).toEqual(expected)
    expect((await lines('rollcall_scim_requests_total')).sort()).toEqual(expected)
  })

  test('says how long credentials last, and tells of the process', async () => {
    await db
      .updateTable('target')
      .set({ entry: JSON.stringify({ kind: 'jira', settings: {}, credentialsExpireOn: '2026-01-06' }) })
      .execute()
    expect(await lines('rollcall_credential_expires_in_seconds')).toEqual([
      'rollcall_credential_expires_in_seconds{credential="target/jira/credentialsExpireOn"} 43200',
    ])
    expect(metrics.names()).toEqual(
      expect.arrayContaining(['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes']),
    )
  })
})
