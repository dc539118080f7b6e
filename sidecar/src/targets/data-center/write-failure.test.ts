import { expect, test } from 'vitest'
import { confluence, confluenceFailures } from '../confluence/confluence-failure.ts'
import { createCrowdMemory } from '../crowd/crowd-memory.ts'
import { writeFailure as crowdWriteFailure } from '../crowd/write-failure.ts'
import { createReadOnlyMemory } from './read-only-memory.ts'
import { createWriteFailure, type RefusedWrite } from './write-failure.ts'

const signal = new AbortController().signal

const refusedWrite = (message: string, doing: string): RefusedWrite => ({
  ability: 'createUser',
  doing,
  answer: { status: 400, headers: {}, text: '', body: { statusCode: 400, message, reason: 'INVALID_USER' } },
})

const memory = createReadOnlyMemory('read-only')
const ofConfluence = createWriteFailure(confluence, confluenceFailures, memory, {
  readOnly: /read[- ]only/i,
  rules: [],
  forbidden: async () => undefined,
})
const crowdMemory = createCrowdMemory()
const ofCrowd = async (write: RefusedWrite) => crowdWriteFailure(crowdMemory, write)

test.each([
  ['Confluence', (write: RefusedWrite) => ofConfluence(write, signal), memory],
  ['Crowd', ofCrowd, crowdMemory],
] as const)('somebody who is called read-only says nothing about the directory (%s)', async (_, failureOf, learnt) => {
  const failure = await failureOf(
    refusedWrite('The user name read-only-bot is not valid.', 'to create the account read-only-bot'),
  )
  expect(failure.reach).toBe('refused')
  expect(learnt.capability('createUser').able).toBe(true)
  const real = await failureOf(refusedWrite('Directory 1 is read-only.', 'to create the account ada'))
  expect(real.reach).toBe('denied')
})
