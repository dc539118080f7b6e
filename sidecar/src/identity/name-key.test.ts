import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameKey } from './name-key.ts'

test('folds letters beyond ASCII, which SQLite would not', () => {
  expect(nameKey(' ÄRGER ')).toBe(nameKey('ärger'))
})

test('treats composed and decomposed letters as one', () => {
  expect(nameKey('e\u0301mile')).toBe(nameKey('Émile'))
})

test('is stable: the key of a key is itself', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (name) => nameKey(nameKey(name)) === nameKey(name)))
})
