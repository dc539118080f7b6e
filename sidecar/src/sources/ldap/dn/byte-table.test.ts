import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createByteTable } from './byte-table.ts'

test('it says what a map says, whatever is put into it', () => {
  const key = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('', 'a', 'aa', 'ab', 'ba'))
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.nat())), fc.array(key), (puts, asked) => {
      const table = createByteTable<number>()
      const map = new Map<string, number>()
      for (const [text, value] of puts) {
        // Keys lie anywhere in a larger buffer.
        const bytes = Buffer.from(`<${text}>`)
        table.set(bytes, 1, bytes.length - 1, value)
        map.set(text, value)
      }
      for (const text of [...map.keys(), ...asked]) {
        const bytes = Buffer.from(text)
        expect(table.get(bytes, 0, bytes.length)).toBe(map.get(text))
      }
      expect(new Map(table.entries())).toEqual(map)
    }),
  )
})

test('it grows over 100,000 keys', () => {
  const table = createByteTable<number>()
  const key = (number: number) => Buffer.from(`uid=user${number},ou=people,dc=example,dc=org`)
  for (let number = 0; number < 100_000; number += 1) table.set(key(number), 0, key(number).length, number)
  const wrong = Array.from({ length: 100_000 }, (_, number) => number).filter(
    (number) => table.get(key(number), 0, key(number).length) !== number,
  )
  expect(wrong).toEqual([])
  expect(table.get(Buffer.from('uid=user100000'), 0, 14)).toBeUndefined()
})
