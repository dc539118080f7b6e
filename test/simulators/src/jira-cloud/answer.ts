import type { Answer } from '../data-center/answer.ts'

/** `{errorMessages, errors, status}` (Jira Cloud REST) with a sentence for the whole request. */
export const refuse = (status: number, ...errorMessages: readonly string[]): Answer => ({
  status,
  body: { errorMessages, errors: {}, status },
})

/** With a sentence per field. */
export const refuseFields = (errors: Readonly<Record<string, string>>): Answer => ({
  status: 400,
  body: { errorMessages: [], errors, status: 400 },
})

export const noAccount = (accountId: string): Answer =>
  refuse(404, `Specified user does not exist or you do not have required permissions: ${accountId}`)
export const noGroup = (named: string): Answer => refuse(404, `The group '${named}' does not exist.`)
