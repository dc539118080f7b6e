import { expect, test } from 'vitest'
import { csvLine } from './csv.ts'

test.each([
  ['=HYPERLINK("http://evil")', '"\'=HYPERLINK(""http://evil"")"'],
  ['+49 30', "'+49 30"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['Ada "the first", Lovelace', '"Ada ""the first"", Lovelace"'],
  ['two\nlines', '"two\nlines"'],
  ['ada@example.com', 'ada@example.com'],
  ['', ''],
])('the cell %j is written as %j', (cell, written) => {
  expect(csvLine(['a', cell])).toBe(`a,${written}\r\n`)
})
