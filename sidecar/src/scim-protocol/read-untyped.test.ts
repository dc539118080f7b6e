import { expect, test } from 'vitest'
import { applyPatch } from './apply-patch.ts'
import { parsePatch } from './patch-message.ts'
import { readResource } from './read-resource.ts'

const endless = (text: string): unknown => JSON.parse(text)
const tooLarge = expect.objectContaining({ status: 400, scimType: 'invalidValue' })

test.each([
  '{"userName":"x","badge":1e999}',
  '{"userName":"x","badge":{"numbers":[1,-1e999]}}',
  '{"userName":"x","urn:acme:2.0:User":{"badge":1e999}}',
])('a number that could not be answered as it came is refused: %s', (text) => {
  expect(() => readResource('User', endless(text))).toThrow(tooLarge)
})

test('the same in a PATCH', () => {
  const before = {
    type: 'User',
    id: 'a',
    attributes: { userName: 'x' },
    version: 1,
    created: 0,
    lastModified: 0,
  } as const
  const patch = parsePatch(endless('{"Operations":[{"op":"add","path":"badge","value":1e999}]}'))
  expect(() => applyPatch(before, patch)).toThrow(tooLarge)
})

test('the largest numbers are kept', () => {
  const { attributes } = readResource('User', endless('{"userName":"x","badge":1e308,"other":-0.5}'))
  expect(attributes).toMatchObject({ badge: 1e308, other: -0.5 })
})
