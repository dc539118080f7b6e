import { describe, expect, test } from 'vitest'
import { Problem } from '../../problem/problem.ts'
import { parseSourceSettings } from '../registry.ts'
import { activeDirectory } from './kinds/active-directory.ts'
import { ds389 } from './kinds/ds389.ts'
import { generic } from './kinds/generic.ts'
import { openldap } from './kinds/openldap.ts'
import type { ServerKind } from './kinds/server-kind.ts'
import { layoutOf } from './layout.ts'
import type { LdapSettings } from './ldap-settings.ts'
import { groupOf } from './map-group.ts'
import { personOf } from './map-person.ts'
import { contentOf, entry } from './testing/scripted-server.ts'
import { entryOver } from './wire/ldap-entry.ts'

const settingsOf = (changes: object = {}) =>
  parseSourceSettings('ldap', 'ldap', {
    urls: ['ldaps://dc.example'],
    bindDn: 'cn=reader,dc=x',
    bindPassword: 'secret',
    baseDn: 'dc=x',
    ...changes,
  }) as LdapSettings

type Values = Readonly<Record<string, readonly (string | Buffer)[]>>
function entryOf(values: Values) {
  const frame = entry(1, 'uid=ann,dc=x', values)
  return entryOver(frame, contentOf(frame))
}

function person(kind: ServerKind, values: Values, changes: object = {}) {
  const settings = settingsOf(changes)
  return personOf(entryOf(values), layoutOf(kind, settings), settings.users.lockedIsDisabled)
}

const guid = Buffer.from('33221100554477668899aabbccddeeff', 'hex')
const ann = { entryUUID: ['1'], nsUniqueId: ['1'], uid: ['ann'] }
const annInAd = { objectGUID: [guid], sAMAccountName: ['ann'] }

describe('who is enabled', () => {
  test.each<[string, ServerKind, Values, object, boolean]>([
    ['Active Directory: normal account', activeDirectory, { ...annInAd, userAccountControl: ['512'] }, {}, true],
    ['Active Directory: disabled', activeDirectory, { ...annInAd, userAccountControl: ['514'] }, {}, false],
    [
      'Active Directory: disabled, other bits',
      activeDirectory,
      { ...annInAd, userAccountControl: ['66050'] },
      {},
      false,
    ],
    ['OpenLDAP: nothing said', openldap, ann, {}, true],
    ['OpenLDAP: locked for ever', openldap, { ...ann, pwdAccountLockedTime: ['000001010000Z'] }, {}, false],
    ['OpenLDAP: locked for a while', openldap, { ...ann, pwdAccountLockedTime: ['20260101000000Z'] }, {}, true],
    [
      'OpenLDAP: locked for a while, by choice',
      openldap,
      { ...ann, pwdAccountLockedTime: ['20260101000000Z'] },
      { users: { lockedIsDisabled: 'any' } },
      false,
    ],
    [
      'OpenLDAP: locks do not count, by choice',
      openldap,
      { ...ann, pwdAccountLockedTime: ['000001010000Z'] },
      { users: { lockedIsDisabled: 'never' } },
      true,
    ],
    ['389: nothing said', ds389, ann, {}, true],
    ['389: locked', ds389, { ...ann, nsAccountLock: ['TRUE'] }, {}, false],
    ['389: not locked', ds389, { ...ann, nsAccountLock: ['false'] }, {}, true],
    ['any server', generic, { ...ann, userAccountControl: ['514'] }, {}, true],
    [
      'a rule of their own',
      generic,
      { ...ann, employeeType: ['Left'] },
      { users: { enabled: { attribute: 'employeetype', disabledWhen: ['LEFT'] } } },
      false,
    ],
    ['everybody, by choice', activeDirectory, annInAd, { users: { enabled: 'always' } }, true],
  ])('%s', (_, kind, values, changes, active) => {
    expect(person(kind, values, changes)?.active).toBe(active)
  })

  test('Active Directory without the attribute: nobody knows, and nobody is disabled', () => {
    expect(() => person(activeDirectory, annInAd)).toThrow(/userAccountControl/)
  })
})

describe('attributes', () => {
  const all = { attributes: ['*'] }
  test('A-081: those chosen are read under the chosen spelling, whatever the server says', () => {
    const values = { ...ann, employeeID: ['7'], favouriteDrink: ['tea'] }
    expect(person(openldap, values, { attributes: ['EMPLOYEEid'] })?.attributes).toEqual({ EMPLOYEEid: '7' })
  })

  test('A-081: all of them on demand, but no password', () => {
    const values = { ...ann, favouriteDrink: ['tea'], userPassword: ['{SSHA}x'], 'userPassword;x-a': ['y'] }
    const { attributes } = person(openldap, values, all) ?? {}
    expect(attributes).toMatchObject({ favouriteDrink: 'tea', uid: 'ann' })
    expect(JSON.stringify(attributes)).not.toMatch(/assword/)
  })

  test('a password is not even read when it is chosen', () => {
    const values = { ...ann, userPassword: ['{SSHA}x'] }
    expect(person(openldap, values, { attributes: ['userPassword'] })?.attributes).toEqual({})
  })

  test('several values are a list in order, one is a text, none and empty ones are absent', () => {
    const values = { ...ann, ou: ['b', 'a'], title: ['x'], l: [], o: [''] }
    expect(person(openldap, values)?.attributes).toEqual({ ou: ['a', 'b'], title: 'x' })
  })

  test('bytes are base64, ids have their usual form, and a text may hold a replacement character', () => {
    const photo = Buffer.from([0xff, 0xd8, 0xff])
    const sid = Buffer.from('010500000000000515000000a065cf7e784b9b5fe77c877001020000', 'hex')
    const values = { ...annInAd, userAccountControl: ['512'], jpegPhoto: [photo], objectSid: [sid], cn: ['A\ufffd'] }
    const read = person(activeDirectory, values, { attributes: ['jpegPhoto'] })
    expect(read?.externalId).toBe('00112233-4455-6677-8899-aabbccddeeff')
    expect(read?.attributes).toEqual({
      jpegPhoto: '/9j/',
      objectSid: 'S-1-5-21-2127521184-1604012920-1887927527-513',
      cn: 'A\ufffd',
    })
  })
})

describe('who is a person', () => {
  test.each([[{ entryUUID: ['1'] }], [{ entryUUID: ['1'], uid: [' '] }]])(
    'an entry without a login name is nobody',
    (values) => {
      expect(person(openldap, values)).toBeUndefined()
    },
  )

  test('an entry without an id is an error', () => {
    expect(() => person(openldap, { uid: ['ann'] })).toThrow(Problem)
  })

  test('an attribute of the login name in other case is the same attribute', () => {
    const read = person(
      activeDirectory,
      { ...annInAd, userAccountControl: ['512'] },
      { users: { login: 'samaccountname' } },
    )
    expect(read?.userName).toBe('ann')
  })
})

describe('groups', () => {
  const group = (kind: ServerKind, values: Values) => groupOf(entryOf(values), layoutOf(kind, settingsOf()))
  const staff = { entryUUID: ['9'], nsUniqueId: ['9'], cn: ['staff'], objectClass: ['groupOfNames'] }

  test('a group that must have a member and shows none hides them', () => {
    expect(group(openldap, staff)?.membersReadable).toBe(false)
    expect(group(openldap, { ...staff, member: ['uid=a'] })?.membersReadable).toBe(true)
  })

  test('where groups may be empty, one that shows none is empty', () => {
    expect(group(ds389, staff)?.membersReadable).toBe(true)
    expect(group(openldap, { ...staff, objectClass: ['posixGroup'] })?.membersReadable).toBe(true)
  })
})
