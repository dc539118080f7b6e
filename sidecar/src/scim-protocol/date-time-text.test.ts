import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dateTimeText } from './date-time-text.ts'

test('every time is written as Date.toISOString writes it, whichever was written before', () => {
  fc.assert(
    fc.property(fc.array(fc.date({ noInvalidDate: true })), (dates) => {
      expect(dates.map((date) => dateTimeText(date.getTime()))).toEqual(dates.map((date) => date.toISOString()))
    }),
    { numRuns: 500 },
  )
})
