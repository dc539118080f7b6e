import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../store/open-database.ts'
import { openTestStore } from '../../store/testing/databases.ts'
import { applyConfiguration } from './apply-configuration.ts'
import { exportConfiguration } from './export-configuration.ts'
import { parseConfiguration } from './parse-configuration.ts'
import { readNotices } from './stored-notices.ts'

const complaints = (notices: object) => {
  const parsed = parseConfiguration(JSON.stringify({ version: 1, notices }))
  return parsed.kind === 'valid' ? [] : parsed.problems.map(({ code, context }) => `${context.path} ${code}`)
}
const smtp = { host: 'mail.example.com', from: 'rollcall@example.com', to: ['it@example.com'] }
const generic = { name: 'chat', url: 'https://hooks.example.com/a', secret: '${HOOK}' }

describe('who is told, in the configuration file', () => {
  test.each<[string, object, string[]]>([
    ['mail without signing in', { smtp }, []],
    ['mail with signing in', { smtp: { ...smtp, user: 'u', password: '${P}' } }, []],
    ['a user without a password', { smtp: { ...smtp, user: 'u' } }, ['/notices/smtp configuration_key_missing']],
    [
      'a password in plain text',
      { smtp: { ...smtp, user: 'u', password: 'p' } },
      ['/notices/smtp/password configuration_secret_literal'],
    ],
    ['nobody to send to', { smtp: { ...smtp, to: [] } }, ['/notices/smtp/to configuration_value_invalid']],
    ['a signed webhook', { webhooks: [generic] }, []],
    [
      'a webhook without a key to sign with',
      { webhooks: [{ ...generic, secret: undefined }] },
      ['/notices/webhooks/0 configuration_key_missing'],
    ],
    [
      'an address that is none',
      { webhooks: [{ ...generic, url: 'ftp://a' }] },
      ['/notices/webhooks/0/url configuration_value_invalid'],
    ],
    [
      'the address of a Slack webhook in plain text',
      { webhooks: [{ name: 'chat', format: 'slack', url: 'https://hooks.slack.com/services/a' }] },
      ['/notices/webhooks/0/url configuration_secret_literal'],
    ],
    [
      'a key for a Teams webhook',
      { webhooks: [{ name: 'chat', format: 'teams', url: '${TEAMS}', secret: '${S}' }] },
      ['/notices/webhooks/0/secret configuration_key_unknown'],
    ],
    [
      'two webhooks of one name',
      { webhooks: [generic, { ...generic, name: 'Chat' }] },
      ['/notices/webhooks/1/name configuration_name_taken'],
    ],
    [
      'a kind of notice that does not exist',
      { webhooks: [{ ...generic, events: ['hold'] }] },
      ['/notices/webhooks/0/events/0 configuration_value_invalid'],
    ],
  ])('%s', (_, notices, expected) => {
    expect(complaints(notices)).toEqual(expected)
  })
})

describe('applying who is told', () => {
  let store: Store
  beforeEach(async () => {
    store = await openTestStore()
  })
  afterEach(() => store.close())

  const apply = async (notices: object | undefined, prune = false) => {
    const parsed = parseConfiguration(JSON.stringify({ version: 1, ...(notices && { notices }) }))
    if (parsed.kind === 'invalid') throw parsed.problems[0]
    const effects = await applyConfiguration(store.db, parsed.configuration, { file: 'a.yaml', prune, now: 0 })
    return effects.map(({ kind }) => kind)
  }

  test('says what changes, exports it as it was written, and forgets it only with prune', async () => {
    expect(await apply({ webhooks: [generic] })).toEqual(['add'])
    expect(await apply({ webhooks: [generic] })).toEqual([])
    expect(await apply({ webhooks: [generic], smtp })).toEqual(['change'])
    const exported = await exportConfiguration(store.db)
    expect(exported).toContain('secret: ${HOOK}')
    expect(parseConfiguration(exported)).toMatchObject({ kind: 'valid', configuration: { notices: { smtp } } })
    expect(await apply(undefined)).toEqual([])
    expect(await readNotices(store.db)).toBeDefined()
    expect(await apply(undefined, true)).toEqual(['remove'])
    expect(await readNotices(store.db)).toBeUndefined()
  })
})
