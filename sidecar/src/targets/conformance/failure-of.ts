import { expect } from 'vitest'
import { type FailureReach, TargetError } from '../target-error.ts'

/** The failure that a promise ends in. */
export async function failureOf(promise: Promise<unknown>): Promise<TargetError> {
  const error = await promise.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  )
  if (error instanceof TargetError) return error
  throw error
}

export const expectReach = async (promise: Promise<unknown>, reach: FailureReach): Promise<TargetError> => {
  const failure = await failureOf(promise)
  expect(failure.reach).toBe(reach)
  expect(failure.remedy).not.toBe('')
  return failure
}
