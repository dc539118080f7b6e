import type { Answer } from '../data-center/answer.ts'

/** `{errors:[{context,message,exceptionName}]}` (Bitbucket REST). Texts and names of exceptions are believed. */
export const refuse = (status: number, message: string, exception?: string, context: string | null = null): Answer => ({
  status,
  body: {
    errors: [
      { context, message, exceptionName: exception === undefined ? null : `com.atlassian.bitbucket.${exception}` },
    ],
  },
})

export const noUserNamed = (name: string): Answer =>
  refuse(404, `User '${name}' does not exist.`, 'user.NoSuchUserException')
export const noGroupNamed = (name: string): Answer =>
  refuse(404, `Group '${name}' does not exist.`, 'user.NoSuchGroupException')

/** 401 is also the status for a missing permission (5, 11.19). */
export const notPermitted = refuse(401, 'You are not permitted to access this resource', 'AuthorisationException')
export const outranked = (status: 401 | 403): Answer =>
  refuse(status, 'You cannot change a user or group with more permissions than yourself.', 'AuthorisationException')
export const licenceFull: Answer = refuse(
  403,
  'The operation would exceed the number of users that the license allows.',
  'license.LicenseLimitException',
)
export const invalid = (context: string, message: string): Answer =>
  refuse(400, message, 'validation.ArgumentValidationException', context)
/** 409 or 403 [believed]; the text for memberships is seen (Data Center, directories). */
export const readOnly = (message: string): Answer => refuse(409, message, 'IntegrityException')
