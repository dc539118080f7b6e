import type { Configuration } from '@rollcall/contract/configuration'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testDatabases } from '../../store/testing/databases.ts'
import type { Db } from '../../store/transaction.ts'
import { applyConfiguration } from './apply-configuration.ts'
import { exportConfiguration } from './export-configuration.ts'
import { parseConfiguration } from './parse-configuration.ts'

const file = (policies: string, connection = 'Entra') => `version: 1
targets:
  - &jira
    name: Jira
    kind: jira
    settings: { url: "https://jira.example.com", credentials: { method: pat, token: "\${JIRA_TOKEN}" } }
  - { name: Other Jira, kind: jira, settings: { url: "https://other.example.com", credentials: { method: pat, token: "\${OTHER}" } } }
connections:
  - name: ${connection}
    provider: entra
    settings:
      tenantId: 00000000-0000-0000-0000-000000000001
      clientId: 00000000-0000-0000-0000-000000000002
      clientSecret: "\${CLIENT_SECRET}"
    policies:
${policies}
`
const both = '      - target: Jira\n      - target: Other Jira'

function parsed(text: string): Configuration {
  const result = parseConfiguration(text)
  if (result.kind === 'invalid') throw result.problems[0]
  return result.configuration
}

describe.each(testDatabases)('applyConfiguration on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  beforeEach(async () => {
    ;({ db, close } = await open())
  })
  afterEach(() => close())

  const apply = async (text: string, prune = false) =>
    (await applyConfiguration(db, parsed(text), { file: 'rollcall.yaml', prune, now: 1000 })).map(({ text }) => text)
  const versions = () => db.selectFrom('policy').select(['version', 'removed_at']).orderBy('target_id').execute()

  test('says what it does, and does nothing the second time', async () => {
    expect(await apply(file(both))).toEqual([
      'Adds the target Jira.',
      'Adds the target Other Jira.',
      'Adds the connection Entra.',
    ])
    expect(await apply(file(both))).toEqual([])
    expect(await versions()).toEqual([
      { version: 1, removed_at: null },
      { version: 1, removed_at: null },
    ])
  })

  test('what it exports can be applied again and changes nothing', async () => {
    await apply(file(both))
    const exported = await exportConfiguration(db)
    expect(exported).toContain('${CLIENT_SECRET}')
    expect(await apply(exported)).toEqual([])
  })

  test('a changed rule makes a new version of that policy alone', async () => {
    await apply(file(both))
    await apply(file(`      - { target: Jira, users: { create: false } }\n      - target: Other Jira`))
    expect((await versions()).map(({ version }) => version)).toEqual([2, 1])
  })

  test('a policy that is removed and comes back starts afresh: its first plan is held again', async () => {
    await apply(file(both))
    await db
      .updateTable('policy')
      .set({ first_approved_at: 5, planned_version: 1, failures: 3, not_before: 9 })
      .execute()
    await apply(file('      - target: Jira'))
    expect((await versions()).map(({ removed_at }) => removed_at)).toEqual([null, 1000])
    await apply(file(both))
    const columns = ['first_approved_at', 'planned_version', 'failures', 'not_before', 'removed_at'] as const
    const policies = await db.selectFrom('policy').select(columns).orderBy('target_id').execute()
    expect(policies).toEqual([
      { first_approved_at: 5, planned_version: 1, failures: 3, not_before: 9, removed_at: null },
      { first_approved_at: null, planned_version: 0, failures: 0, not_before: null, removed_at: null },
    ])
  })

  test('what the file no longer names stays, and goes with prune; its short name is never used again', async () => {
    await apply(file(both))
    expect(await apply(file(both, 'Entra EU'))).toEqual(['Adds the connection Entra EU.'])
    expect(await apply(file(both, 'Entra EU'), true)).toEqual([
      'Removes the connection Entra: the accounts it manages are released and stay as they are.',
    ])
    await expect(apply(file(both))).rejects.toMatchObject({ code: 'configuration_slug_reused' })
  })

  test('A-042: refuses a name that belongs to a connection which the file does not name', async () => {
    await apply(file(both))
    await expect(apply(file(both, 'ENTRA\n    slug: second'))).rejects.toMatchObject({
      code: 'configuration_name_taken',
    })
  })
})
