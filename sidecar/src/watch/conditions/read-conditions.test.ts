import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ConnectionEntry } from '@rollcall/contract/configuration'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ConnectionId, NameKey, PlanId, TargetId } from '../../identity/ids.ts'
import { storePause } from '../../state/pauses/pauses.ts'
import { seedConnection, seedTarget } from '../../state/testing/seeds.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import { stageOf } from './ending-credentials.ts'
import { overdueAt } from './overdue-readings.ts'
import { readConditions } from './read-conditions.ts'

const noon = Date.UTC(2026, 0, 5, 12)
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

describe.each(testDatabases)('what needs somebody, on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  let connection: ConnectionId
  let target: TargetId
  beforeEach(async () => {
    ;({ db, close } = await open())
    target = await seedTarget(db, 'jira')
    connection = await seedConnection(db, 'entra', [target])
    await db.updateTable('connection').set({ created_at: noon }).execute()
  })
  afterEach(() => close())

  const kinds = async (now = noon, environment = {}) =>
    (await readConditions(db, environment, now)).map(({ kind, stage }) => (stage === '' ? kind : `${kind} ${stage}`))
  const configure = (entry: Partial<ConnectionEntry>) =>
    db
      .updateTable('connection')
      .set({ entry: JSON.stringify({ provider: 'entra', method: 'rest', settings: {}, ...entry }) })
      .execute()
  const addRun = async (more: object) => {
    const run = {
      connection_id: connection,
      run_trigger: 'schedule',
      mode: 'synchronize',
      state: 'finished',
      queued_at: noon,
    }
    const values = { ...run, outcome: 'succeeded', ...more } as never
    return (await db.insertInto('run').values(values).returning('id').executeTakeFirstOrThrow()).id
  }
  const problem = (code: string) => JSON.stringify({ code, message: `It was ${code}.`, remedy: 'Mend it.' })

  test('nothing, where nothing waits', async () => {
    expect(await kinds()).toEqual([])
  })

  test('a held plan, with its numbers, until the hold is closed', async () => {
    const cause = (code: string, what: string) => ({ code, what, count: 1, limit: 0, of: 0, holds: 'everything' })
    const causes = [
      cause('firstPlan', 'It is the first.'),
      cause('accounts', '12 accounts.'),
      cause('accounts', 'And 3.'),
    ]
    const hold = {
      connection_id: connection,
      target_id: target,
      plan_id: 7 as PlanId,
      opened_at: noon,
      updated_at: noon,
    }
    await db
      .insertInto('hold')
      .values({ ...hold, causes: JSON.stringify([...causes, cause('veto', 'Undone.')]) })
      .execute()
    expect(await readConditions(db, {}, noon)).toMatchObject([
      {
        kind: 'planHeld',
        stage: 'accounts,firstPlan,veto',
        planId: 7,
        text: 'Plan 7, entra to jira, waits for an administrator. It is the first. 12 accounts. And 3. 1 more.',
      },
    ])
    await db.updateTable('hold').set({ closed_at: noon, closed_how: 'applied' }).execute()
    expect(await kinds()).toEqual([])
  })

  test('a reading that failed, until a run has read; a retry that reads nothing does not tell', async () => {
    const failed = await addRun({ outcome: 'failed', problem: problem('graph_forbidden') })
    expect(await readConditions(db, {}, noon)).toMatchObject([
      {
        kind: 'runFailed',
        runId: failed,
        text: `Run ${failed} of entra failed. It was graph_forbidden. (graph_forbidden)`,
      },
    ])
    await addRun({})
    expect(await kinds()).toEqual(['runFailed'])
    await addRun({ reading: '{}' })
    expect(await kinds()).toEqual([])
  })

  test('a run that ended with the service, or was cancelled, needs nobody', async () => {
    await addRun({ outcome: 'failed', problem: problem('run_interrupted') })
    await addRun({ outcome: 'cancelled', problem: problem('run_cancelled') })
    expect(await kinds()).toEqual([])
  })

  test('a leg that fails, and one that is left alone after five failures, with what failed last', async () => {
    const run = await addRun({})
    await db
      .insertInto('leg')
      .values({ run_id: run, target_id: target, outcome: 'failed', problem: problem('jira_down') })
      .execute()
    const later = await addRun({})
    await db
      .insertInto('leg')
      .values({ run_id: later, target_id: target, outcome: 'failed', problem: problem('leg_waits') })
      .execute()
    await db
      .updateTable('policy')
      .set({ failures: 4, not_before: noon + hour })
      .execute()
    expect(await readConditions(db, {}, noon)).toMatchObject([
      {
        kind: 'legFailing',
        runId: run,
        text: 'entra to jira failed 4 times in a row. It was jira_down. (jira_down) Tried again at 2026-01-05T13:00:00.000Z.',
      },
    ])
    await db.updateTable('policy').set({ failures: 5 }).execute()
    expect(await readConditions(db, {}, noon)).toMatchObject([
      { kind: 'legQuarantined', severity: 'critical', remedy: 'Mend it. Then try again: `rollcall retry entra`.' },
    ])
    await db.updateTable('target').set({ paused: 1 }).execute()
    expect(await kinds()).toEqual([])
    await db.updateTable('target').set({ paused: 0 }).execute()
    await transaction(db, (trx) => storePause(trx, { target }, { reason: undefined, by: 'Ada', at: noon }))
    expect(await kinds()).toEqual([])
  })

  test('no good reading for two intervals of the schedule, unless the connection is paused or pushes', async () => {
    await configure({ schedule: 'hourly' })
    await db
      .updateTable('connection')
      .set({ last_reading_at: noon + minute })
      .execute()
    expect(await kinds(noon + 2 * hour + 29 * minute)).toEqual([])
    expect(await kinds(noon + 2 * hour + 31 * minute)).toEqual(['readingOverdue'])
    await db.updateTable('connection').set({ paused: 1 }).execute()
    expect(await kinds(noon + 9 * hour)).toEqual([])
    await db.updateTable('connection').set({ paused: 0 }).execute()
    await transaction(db, (trx) => storePause(trx, {}, { reason: undefined, by: 'Ada', at: noon }))
    expect(await kinds(noon + 9 * hour)).toEqual([])
    await db.deleteFrom('pause').execute()
    await db.updateTable('connection').set({ method: 'scim' }).execute()
    expect(await kinds(noon + 9 * hour)).toEqual([])
  })

  test('a connection that was never read, from when it was added', async () => {
    await configure({ schedule: 'daily' })
    expect(await kinds(noon + 38 * hour)).toEqual([])
    expect(await kinds(noon + 40 * hour)).toEqual(['readingOverdue'])
  })

  test('days that somebody wrote down', async () => {
    const at = Date.UTC(2026, 1, 4)
    await configure({ settings: { secretExpiresOn: '2026-02-04' } })
    await db
      .updateTable('target')
      .set({ entry: JSON.stringify({ kind: 'jira', settings: {}, credentialsExpireOn: '2026-02-01' }) })
      .execute()
    expect(await kinds(at - 31 * day)).toEqual(['credentialExpiring 30'])
    expect(await kinds(at - 14 * day)).toEqual(['credentialExpiring 14', 'credentialExpiring 14'])
    expect(await kinds(at)).toEqual(['credentialExpired expired', 'credentialExpired expired'])
  })

  test('certificates in settings, also where the settings only say where they are', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-certificate-'))
    const file = join(folder, 'cert.pem')
    const key = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-keyout',
      join(folder, 'key.pem'),
    ]
    execFileSync('openssl', ['req', '-x509', ...key, '-out', file, '-days', '10', '-subj', '/CN=a'], {
      stdio: 'ignore',
    })
    writeFileSync(join(folder, 'bad.pem'), '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----')
    const pem = readFileSync(file, 'utf8')
    await configure({ settings: { certificate: { certificate: `file:${file}`, privateKey: '${KEY}' } } })
    expect(await kinds(Date.now(), { KEY: 'k' })).toEqual(['credentialExpiring 14'])
    await configure({ settings: { certificate: { certificate: pem }, other: `file:${join(folder, 'bad.pem')}` } })
    expect(await kinds(Date.now() + 11 * day)).toEqual(['credentialExpired expired'])
    rmSync(folder, { recursive: true })
  })

  describe('tokens', () => {
    const scimToken = (token_id: string, expires_at: number | null, last_used_at: number | null) =>
      db
        .insertInto('scim_token')
        .values({
          connection_id: connection,
          token_id,
          secret_hash: token_id,
          label: token_id,
          created_at: 0,
          expires_at,
          last_used_at,
        })
        .execute()

    test('of SCIM, until the provider uses one that lasts longer', async () => {
      await scimToken('old', noon + 5 * day, noon - hour)
      await scimToken('new', noon + 300 * day, null)
      expect(await kinds()).toEqual(['credentialExpiring 7'])
      await db.updateTable('scim_token').set({ last_used_at: noon }).where('token_id', '=', 'new').execute()
      expect(await kinds()).toEqual([])
    })

    test('of SCIM that were revoked need nobody', async () => {
      await scimToken('old', noon - day, noon - hour)
      expect(await kinds()).toEqual(['credentialExpired expired'])
      await db.updateTable('scim_token').set({ revoked_at: noon }).execute()
      expect(await kinds()).toEqual([])
    })

    test('of administrators, for a month after their end', async () => {
      await db
        .insertInto('admin_token')
        .values({ name: 'ci', name_key: 'ci' as NameKey, token_hash: 'h', created_at: 0, expires_at: noon + day })
        .execute()
      expect(await kinds()).toEqual(['credentialExpiring 1'])
      expect(await kinds(noon + 2 * day)).toEqual(['credentialExpired expired'])
      expect(await kinds(noon + 40 * day)).toEqual([])
    })
  })
})

describe('the stage of a credential', () => {
  const credential = { key: 'a', what: 'A', remedy: 'R', expiresAt: noon }
  test.each([
    [31 * day, undefined],
    [30 * day, 30],
    [15 * day, 30],
    [14 * day, 14],
    [7 * day, 7],
    [2 * day, 7],
    [day, 1],
    [1, 1],
    [0, 'expired'],
    [-day, 'expired'],
  ])('%d ms ahead', (ahead, stage) => {
    expect(stageOf(credential, noon - ahead)).toBe(stage)
  })

  test('one that was made for a week is not warned of at once', () => {
    const short = { ...credential, issuedAt: noon - 7 * day }
    expect(stageOf(short, noon - 6 * day)).toBeUndefined()
    expect(stageOf(short, noon - day)).toBe(1)
  })
})

test('a connection that never runs by itself is never late', () => {
  expect(overdueAt('off', noon)).toBeUndefined()
})
