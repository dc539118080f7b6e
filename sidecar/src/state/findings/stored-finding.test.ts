import { expect, test } from 'vitest'
import type { IdentityId } from '../../identity/ids.ts'
import type { Finding } from '../../planning/finding.ts'
import { changeFindings, type StoredFinding } from './stored-finding.ts'

const ada = (code: Finding['code'], message = code as string): Finding => ({
  code,
  subject: { kind: 'identity', id: 1 as IdentityId },
  subjectName: 'ada',
  message,
  remedy: 'none',
  contended: [],
})
const stored = (id: number, finding: Finding, since: number): StoredFinding => ({ id, finding, since })
const nothing = () => false

test('a finding that stands is not written again', () => {
  expect(changeFindings([stored(1, ada('conflict'), 5)], [ada('conflict')], 9, nothing)).toEqual({
    remove: [],
    add: [],
  })
})

test('one that says the same in other words keeps its beginning', () => {
  const now = ada('conflict', 'somebody else has it now')
  expect(changeFindings([stored(1, ada('conflict'), 5)], [now], 9, nothing)).toEqual({
    remove: [1],
    add: [{ finding: now, since: 5 }],
  })
})

test('a new one begins with the plan, and what no longer holds goes', () => {
  const now = ada('protected')
  expect(changeFindings([stored(1, ada('conflict'), 5)], [now, now], 9, nothing)).toEqual({
    remove: [1],
    add: [{ finding: now, since: 9 }],
  })
})

test('what the target refused stands as long as the person still needs it', () => {
  const refused = [stored(1, ada('targetRefused'), 5)]
  expect(changeFindings(refused, [], 9, () => true).remove).toEqual([])
  expect(changeFindings(refused, [], 9, nothing).remove).toEqual([1])
})
