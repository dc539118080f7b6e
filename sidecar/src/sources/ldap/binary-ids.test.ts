import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../problem/problem.ts'
import { guidBytes, guidText, sidBytes, sidText } from './binary-ids.ts'

describe('objectGUID', () => {
  test('its first three fields are little-endian', () => {
    expect(guidText(Buffer.from('33221100554477668899aabbccddeeff', 'hex'))).toBe(
      '00112233-4455-6677-8899-aabbccddeeff',
    )
  })

  test('text and bytes are the same id', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (array) => {
        const bytes = Buffer.from(array)
        expect(guidBytes(guidText(bytes))).toEqual(bytes)
        expect(guidBytes(`{${guidText(bytes).toUpperCase()}}`)).toEqual(bytes)
      }),
    )
  })

  test.each(['', 'ann', '00112233-4455-6677-8899-aabbccddeef', '00112233445566778899aabbccddeeff', '*'])(
    '%j is none',
    (text) => expect(guidBytes(text)).toBeUndefined(),
  )

  test('replacement characters of a wrong decoding are an error, not an id', () => {
    expect(() => guidText(Buffer.from('\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd'))).toThrow(Problem)
  })
})

describe('objectSid', () => {
  const domainUsers = '010500000000000515000000a065cf7e784b9b5fe77c877001020000'
  test('is written as everybody writes it', () => {
    expect(sidText(Buffer.from(domainUsers, 'hex'))).toBe('S-1-5-21-2127521184-1604012920-1887927527-513')
  })

  test('text and bytes are the same id', () => {
    const parts = fc.array(fc.nat(0xffffffff), { minLength: 1, maxLength: 15 })
    fc.assert(
      fc.property(fc.nat(255), fc.nat(2 ** 31), parts, (revision, authority, list) => {
        const text = ['S', revision, authority, ...list].join('-')
        expect(sidText(sidBytes(text) ?? Buffer.alloc(0))).toBe(text)
      }),
    )
  })

  test.each(['', 'S-1', 'S-1-5-99999999999', 'S-1-5-21-x'])('%j is none', (text) => {
    expect(sidBytes(text)).toBeUndefined()
  })
})
