import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { userType } from './resource-types.ts'
import { readBody, writeBody } from './stored-body.ts'
import { user } from './testing/arbitrary-filters.ts'

describe('a stored body', () => {
  test('holds every attribute as it was sent', () => {
    fc.assert(
      fc.property(user, ({ attributes: sent }) => {
        expect(readBody(writeBody(userType, 'u1', sent))).toEqual(JSON.parse(JSON.stringify(sent)))
      }),
    )
  })

  test('holds no password and nothing that the service says itself', () => {
    const body = writeBody(userType, 'u1', {
      userName: 'ada',
      password: 'secret',
      id: 'mine',
      meta: { version: 'x' },
      schemas: [],
    })
    expect(JSON.parse(body)).toEqual({ schemas: [userType.schema.urn], id: 'u1', userName: 'ada' })
  })
})
