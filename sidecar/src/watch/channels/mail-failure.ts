import { Problem, type ProblemDefinition } from '../../problem/problem.ts'
import { noticeProblems } from '../notice-problems.ts'

const {
  notice_mail_unreachable,
  notice_mail_timeout,
  notice_mail_tls_failed,
  notice_mail_sign_in_refused,
  notice_mail_refused,
  notice_mail_failed,
} = noticeProblems

/** Codes of nodemailer 10 (its `errors`), and what we call them. */
const definitions: Readonly<Record<string, readonly [ProblemDefinition, string]>> = {
  ECONNECTION: [notice_mail_unreachable, 'The mail server ended the connection.'],
  ESOCKET: [notice_mail_unreachable, 'The mail server accepts no connection.'],
  EDNS: [notice_mail_unreachable, 'The mail server has no address.'],
  ETIMEDOUT: [notice_mail_timeout, 'The mail server does not answer.'],
  ETLS: [notice_mail_tls_failed, 'The mail server and Rollcall agree on no encryption.'],
  EAUTH: [notice_mail_sign_in_refused, 'The mail server refused user and password.'],
  ENOAUTH: [notice_mail_sign_in_refused, 'The mail server wants somebody to sign in.'],
  EENVELOPE: [notice_mail_refused, 'The mail server refused the sender or all recipients.'],
  EMESSAGE: [notice_mail_refused, 'The mail server refused the mail.'],
}

/** What the mail server says may name people, so only its status is kept. */
export function mailFailure(error: unknown): Problem {
  const code = property(error, 'code')
  const status = property(error, 'responseCode')
  const known = typeof code === 'string' ? definitions[code] : undefined
  const [definition, what] = isCertificate(error)
    ? [notice_mail_tls_failed, 'The certificate of the mail server is not trusted.']
    : (known ?? [notice_mail_failed, 'The mail was not sent.'])
  const said = typeof status === 'number' ? ` It answered ${status}.` : ''
  return new Problem(definition, `${what}${said}`, { cause: error })
}

/** A certificate fails as a socket does; Node's own message tells. */
const isCertificate = (error: unknown) =>
  error instanceof Error && /certificate|self[- ]signed|altnames/i.test(error.message)

const property = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined
