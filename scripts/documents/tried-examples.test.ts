import { expect, test } from 'vitest'
import type { ExternalId, IdentityId } from '../../sidecar/src/identity/ids.ts'
import { compileExpression } from '../../sidecar/src/planning/compile-expression.ts'
import { rewriter } from '../../sidecar/src/planning/compile-pattern.ts'
import type { IdentityState } from '../../sidecar/src/planning/subject.ts'
import { readDocument } from './document.ts'

const person: IdentityState = {
  id: 1 as IdentityId,
  externalId: 'example' as ExternalId,
  userName: 'demouser@example.com',
  email: undefined,
  displayName: 'Demo User',
  active: true,
  attributes: { department: 'Sales', userType: 'Member', 'onPremisesExtensionAttributes.extensionAttribute1': '42' },
  deletedAt: undefined,
  missingAt: undefined,
  directGroups: [],
}

/** The cells of a table of docs/configuration.md, without its head. */
function rowsOf(table: string): string[][] {
  const text = readDocument('docs/configuration.md')
  const body = new RegExp(`<!-- tried ${table} -->\\n([\\s\\S]*?)<!-- end`).exec(text)?.[1] ?? ''
  const cells = (line: string) => [...line.matchAll(/`([^`]+)`/g)].map(([, cell = '']) => cell)
  return body
    .split('\n')
    .slice(2)
    .map(cells)
    .filter(({ length }) => length > 0)
}

test.each(rowsOf('expressions'))('the documented expression %s yields %s', (expression = '', result = '') => {
  expect(compileExpression(expression, 'example', 'text')(person)).toEqual({ kind: 'value', value: result })
})

test.each(rowsOf('patterns'))('M-01: the documented name %s, by %s and %s, becomes %s', (...cells) => {
  const [name = '', pattern = '', replacement = '', result = ''] = cells
  expect(rewriter(pattern, replacement, 'example')(name)).toBe(result)
})

test('the tables of examples are found', () => {
  expect(rowsOf('expressions').length).toBeGreaterThan(5)
  expect(rowsOf('patterns').length).toBeGreaterThan(2)
})
