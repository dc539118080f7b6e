import { Policy } from '@rollcall/contract/policy'
import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { parseConfiguration } from './parse-configuration.ts'
import { unsupportedSwitches } from './unsupported-switches.ts'

const valid = `version: 1
targets:
  - name: Jira
    kind: jira
    settings:
      url: https://jira.example.com
      credentials: { method: pat, token: "\${JIRA_TOKEN}" }
connections:
  - name: Entra
    provider: entra
    settings:
      tenantId: 00000000-0000-0000-0000-000000000001
      clientId: 00000000-0000-0000-0000-000000000002
      clientSecret: "\${CLIENT_SECRET}"
    schedule: hourly
    policies:
      - target: Jira
        groups: { mode: onTheFly }
`

const problemsOf = (text: string) => {
  const parsed = parseConfiguration(text)
  return parsed.kind === 'invalid' ? parsed.problems.map(({ code, message }) => ({ code, message })) : []
}

const only = (text: string) => {
  const problems = problemsOf(text)
  expect(problems).toHaveLength(1)
  return problems[0]
}

describe('parseConfiguration', () => {
  test('fills in every default of a valid file', () => {
    const parsed = parseConfiguration(valid)
    expect(parsed.kind).toBe('valid')
    if (parsed.kind !== 'valid') return
    expect(parsed.configuration.connections[0]?.policies[0]).toMatchObject({
      users: {
        create: true,
        followEnabled: true,
        userName: { expression: 'user.userName' },
        deleted: { action: 'deactivate' },
      },
      groups: { mode: 'onTheFly', keepUserGroups: true },
      guard: { whenHeld: 'proceed' },
    })
  })

  test.each([
    {
      fault: 'text that is not YAML',
      text: 'version: 1\ntargets: [',
      code: 'configuration_syntax',
      says: 'Line 2',
    },
    {
      fault: 'a misspelt key, with the one that was meant',
      text: valid.replace('schedule: hourly', 'shedule: hourly'),
      code: 'configuration_key_unknown',
      says: 'Line 15: `connections.0.shedule` is not a known key; did you mean `schedule`?',
    },
    {
      fault: 'a missing key',
      text: valid.replace('    kind: jira\n', ''),
      code: 'configuration_key_missing',
      says: '`targets.0.kind` is missing',
    },
    {
      fault: 'a schedule that does not exist',
      text: valid.replace('schedule: hourly', 'schedule: minutely'),
      code: 'configuration_value_invalid',
      says: '`hourly`',
    },
    {
      fault: 'a mode that does not exist, naming those that do',
      text: valid.replace('mode: onTheFly', 'mode: automatic'),
      code: 'configuration_value_invalid',
      says: '`groups.mode` must be `off`, `manual` or `onTheFly`'.replace(
        '`groups.mode`',
        '`connections.0.policies.0.groups.mode`',
      ),
    },
    {
      fault: 'an unknown key of the provider\u2019s settings',
      text: valid.replace('    schedule: hourly', '      clouds: global\n    schedule: hourly'),
      code: 'configuration_key_unknown',
      says: 'did you mean `cloud`?',
    },
    {
      fault: 'a secret in plain text, without repeating it',
      text: valid.replace('"${CLIENT_SECRET}"', 'abc~very-secret'),
      code: 'configuration_secret_literal',
      says: '`connections.0.settings.clientSecret` is a secret in plain text',
    },
    {
      fault: 'no credential at all',
      text: valid.replace('      clientSecret: "${CLIENT_SECRET}"\n', ''),
      code: 'configuration_value_invalid',
      says: 'exactly one of `clientSecret` or `certificate`',
    },
    {
      fault: 'an unknown provider',
      text: valid.replace('provider: entra', 'provider: active-directory'),
      code: 'configuration_provider_unknown',
      says: 'known: entra',
    },
    {
      fault: 'a policy for a target that is not there',
      text: valid.replace('target: Jira', 'target: Jura'),
      code: 'configuration_target_unknown',
      says: 'There is no target `Jura`',
    },
    {
      fault: 'a cron expression of the wrong form',
      text: valid.replace('schedule: hourly', 'schedule: { cron: "61 3 * * *" }'),
      code: 'configuration_cron_invalid',
      says: '`schedule` is not valid',
    },
    {
      fault: 'an expression that does not parse, at its key',
      text: valid.replace('groups: { mode: onTheFly }', 'users: { email: "user.email +" }'),
      code: 'expression_syntax',
      says: 'connections.0.policies.0.users.email',
    },
  ])('refuses $fault', ({ text, code, says }) => {
    const problem = only(text)
    expect(problem?.code).toBe(code)
    expect(problem?.message).toContain(says)
    expect(problem?.message).not.toContain('very-secret')
  })

  test('A-042: refuses two connections of one name, whatever their case', () => {
    const second = valid.slice(valid.indexOf('  - name: Entra')).replace('name: Entra', 'name: ENTRA')
    expect(problemsOf(valid + second)).toMatchObject([{ code: 'configuration_name_taken' }])
  })

  test('reports everything at once', () => {
    const text = valid.replace('schedule: hourly', 'shedule: hourly').replace('    kind: jira\n', '')
    expect(problemsOf(text).map(({ code }) => code)).toEqual(['configuration_key_missing', 'configuration_key_unknown'])
  })

  describe('a switch that a target can never honour', () => {
    const crowd = '\n      crowd: { url: https://crowd.example.com/crowd, application: rollcall, password: "${CROWD}" }'
    const settingsOf: Readonly<Record<string, string>> = {
      jira: 'url: https://jira.example.com\n      credentials: { method: pat, token: "${JIRA_TOKEN}" }',
      confluence: 'url: https://wiki.example.com\n      credentials: { method: pat, token: "${JIRA_TOKEN}" }',
      bitbucket: 'url: https://git.example.com\n      credentials: { method: pat, token: "${JIRA_TOKEN}" }',
      crowd: 'url: https://crowd.example.com/crowd\n      application: rollcall\n      password: "${CROWD}"',
    }
    const asking = (kind: string, policy: string, more = '') =>
      problemsOf(
        valid
          .replace('kind: jira', `kind: ${kind}`)
          .replace(/url: https:.*\n.*credentials:.*/, `${settingsOf[kind]}${more}`)
          .replace('groups: { mode: onTheFly }', policy),
      ).filter(({ code }) => code === 'configuration_switch_unsupported')

    const leads = 'users: { defaultProjectLead: boss, defaultComponentLead: boss }'
    const attributes = 'users: { customAttributes: [{ name: Team, expression: user.department }] }'
    const native = 'groups: { mode: onTheFly, nesting: native }'

    test.each([
      { kind: 'jira', policy: leads, refused: 0 },
      { kind: 'confluence', policy: leads, refused: 2 },
      { kind: 'bitbucket', policy: leads, refused: 2 },
      { kind: 'crowd', policy: leads, refused: 2 },
      { kind: 'jira', policy: attributes, refused: 0 },
      { kind: 'confluence', policy: attributes, refused: 1 },
      { kind: 'bitbucket', policy: attributes, refused: 1 },
      { kind: 'crowd', policy: attributes, refused: 0 },
      { kind: 'jira', policy: native, refused: 1 },
      { kind: 'crowd', policy: native, refused: 0 },
    ])('A-097, A-098, A-103: $kind with $policy', ({ kind, policy, refused }) => {
      expect(asking(kind, policy)).toHaveLength(refused)
    })

    test('is refused with key, line, target and reason, unless the settings make it possible', () => {
      expect(asking('jira', native)).toEqual([
        {
          code: 'configuration_switch_unsupported',
          message:
            'Line 18: `connections.0.policies.0.groups.nesting` is not possible for the target `Jira`: Jira has no call that puts a group into a group; connect its Crowd beside it (`settings.crowd`).',
        },
      ])
      expect(asking('jira', native, crowd)).toEqual([])
      expect(asking('confluence', attributes, crowd)).toEqual([])
    })

    test('Jira Cloud takes no user name, no number behind one and no groups in groups', () => {
      const policy = { users: { recycledName: 'suffix', userName: { expression: 'user.email', pattern: '(.*)@.*' } } }
      const users = Value.Parse(
        Policy,
        Value.Default(Policy, { ...policy, groups: { mode: 'onTheFly', nesting: 'native' } }),
      )
      const found = unsupportedSwitches(users, { kind: 'jiraCloud', settings: {} })
      expect(found.map(({ path }) => path.join('.'))).toEqual([
        'users.userName.expression',
        'users.userName.pattern',
        'users.recycledName',
        'groups.nesting',
      ])
      expect(
        unsupportedSwitches(Value.Parse(Policy, Value.Default(Policy, {})), { kind: 'jiraCloud', settings: {} }),
      ).toEqual([])
    })
  })
})
