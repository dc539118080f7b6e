import { describe, expect, test } from 'vitest'
import { ScimError } from '../scim-error.ts'
import { splitValuePath } from './split-value-path.ts'

describe('splitValuePath', () => {
  test.each([
    ['active', 'active', undefined, undefined],
    ['name.givenName', 'name.givenName', undefined, undefined],
    ['members[value eq "1"]', 'members', 'value eq "1"', undefined],
    ['emails[type eq "work"].value', 'emails', 'type eq "work"', 'value'],
    ['emails[value eq "a]b"].type', 'emails', 'value eq "a]b"', 'type'],
    [String.raw`emails[value eq "a\"]b"].type`, 'emails', String.raw`value eq "a\"]b"`, 'type'],
    ['members[value eq "1"].$ref', 'members', 'value eq "1"', '$ref'],
    ['urn:acme:2.0:User:desks[code eq "1.2"].floor', 'urn:acme:2.0:User:desks', 'code eq "1.2"', 'floor'],
  ])('cuts %s', (path, attribute, filter, sub) => {
    expect(splitValuePath(path)).toEqual({ attribute, filter, sub })
  })

  test.each([
    'emails[type eq "work"',
    'emails[value eq "]',
    'emails[a]value',
    'emails[a].',
    'emails[a].b.c',
    'emails[a][b]',
    'emails[a] .b',
  ])('refuses %s as invalidPath', (path) => {
    expect(() => splitValuePath(path)).toThrow(ScimError)
    expect(() => splitValuePath(path)).toThrow(/path/)
  })
})
