import { describe, expect, test } from 'vitest'
import { extensionNamed, printPath, resolvePath } from './resolve-path.ts'
import { groupType, userType } from './resource-types.ts'

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

function read(type: typeof userType, path: string): string | undefined {
  const resolved = resolvePath(type, path)
  if (resolved === undefined) return undefined
  if (resolved.kind === 'attribute') return printPath(resolved)
  return resolved.kind === 'extension' ? `extension ${resolved.extension}` : 'resource'
}

describe('resolvePath', () => {
  test.each([
    ['userName', 'userName'],
    ['USERNAME', 'userName'],
    ['name.GIVENNAME', 'name.givenName'],
    ['meta.lastModified', 'meta.lastModified'],
    ['groups.$REF', 'groups.$ref'],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName', 'userName'],
    ['URN:IETF:params:scim:schemas:core:2.0:user:name.familyName', 'name.familyName'],
    ['urn:ietf:params:scim:schemas:core:2.0:User', 'resource'],
    [`${enterprise}:department`, `${enterprise}:department`],
    ['manager', `${enterprise}:manager`],
    ['Manager.value', `${enterprise}:manager.value`],
    [`${enterprise.toUpperCase()}:MANAGER.VALUE`, `${enterprise}:manager.value`],
    [enterprise.toLowerCase(), `extension ${enterprise}`],
    [
      'urn:ietf:params:scim:schemas:extension:Acme:2.0:User:badge',
      'urn:ietf:params:scim:schemas:extension:Acme:2.0:User:badge',
    ],
    ['urn:acme:User:badge.colour', 'urn:acme:User:badge.colour'],
    ['urn:acme:2.0:User', 'extension urn:acme:2.0:User'],
    ['urn:acme:hr:1.1', 'extension urn:acme:hr:1.1'],
  ])('reads %s', (path, expected) => {
    expect(read(userType, path)).toBe(expected)
  })

  test.each([
    'nothing',
    'userName.value',
    'name.givenName.first',
    'name.',
    '.name',
    '',
    'urn:',
    'urn:acme:User:',
    `${enterprise}:nothing`,
    `${enterprise}:`,
    'urn:ietf:params:scim:schemas:core:2.0:User:role',
    'urn:ietf:params:scim:schemas:core:2.0:Group:displayName',
    'urn:ietf:params:scim:api:messages:2.0:PatchOp',
    '__proto__',
    'constructor',
    'toString',
    'name.constructor',
    'urn:acme:User:__proto__',
    'urn:acme:User:constructor',
    'urn:acme:User:badge.prototype',
  ])('knows no %s on a user', (path) => {
    expect(resolvePath(userType, path)).toBeUndefined()
  })

  test('gives each type its own attributes', () => {
    expect(read(groupType, 'members.value')).toBe('members.value')
    expect(read(groupType, 'userName')).toBeUndefined()
    expect(read(groupType, `${enterprise}:department`)).toBeUndefined()
  })
})

describe('extensionNamed', () => {
  test('gives a known extension our spelling and keeps the spelling of any other', () => {
    expect(extensionNamed(userType, enterprise.toLowerCase())).toBe(enterprise)
    expect(extensionNamed(userType, 'urn:Acme:Employee')).toBe('urn:Acme:Employee')
  })

  test('refuses core and message schemas, and what is no URN', () => {
    expect(extensionNamed(userType, 'urn:ietf:params:scim:schemas:core:2.0:Group')).toBeUndefined()
    expect(extensionNamed(userType, 'urn:ietf:params:scim:api:messages:2.0:PatchOp')).toBeUndefined()
    expect(
      extensionNamed(userType, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'),
    ).toBeUndefined()
  })
})
