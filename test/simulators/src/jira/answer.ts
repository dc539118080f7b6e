import type { Answer } from '../data-center/answer.ts'

/** `ErrorCollection` with a sentence for the whole request (Jira REST). */
export const refuse = (status: number, ...errorMessages: readonly string[]): Answer => ({
  status,
  body: { errorMessages, errors: {} },
})

/** `ErrorCollection` with a sentence per field. */
export const refuseFields = (errors: Readonly<Record<string, string>>): Answer => ({
  status: 400,
  body: { errorMessages: [], errors },
})

/** The texts of the product for what does not exist (Jira REST, users; the one for groups by analogy). */
export const noUserNamed = (name: string): Answer => refuse(404, `The user named '${name}' does not exist`)
export const noUserWithKey = (key: string): Answer => refuse(404, `The user with the key '${key}' does not exist`)
export const noGroupNamed = (name: string): Answer => refuse(404, `The group named '${name}' does not exist`)
