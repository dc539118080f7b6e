import { describe, expect, test } from 'vitest'
import { readDateTime } from './read-date-time.ts'

describe('readDateTime', () => {
  test.each([
    ['2011-05-13T04:42:34Z', 1305261754000],
    ['2011-05-13T06:42:34+02:00', 1305261754000],
    ['2011-05-13T06:42:34+0200', 1305261754000],
    ['2011-05-13T04:42:34.5Z', 1305261754500],
    ['2011-05-13T04:42:34.123456789Z', 1305261754123],
    ['2011-05-13t04:42:34z', 1305261754000],
    ['2011-05-13T04:42Z', 1305261720000],
    ['2011-05-13T04:42:34', 1305261754000],
  ])('reads %s', (text, expected) => {
    expect(readDateTime(text)).toBe(expected)
  })

  test.each(['', '2011-05-13', 'yesterday', '2011-13-13T04:42:34Z', '2011-05-13T25:42:34Z', '13.05.2011 04:42'])(
    'refuses "%s"',
    (text) => {
      expect(readDateTime(text)).toBeUndefined()
    },
  )
})
