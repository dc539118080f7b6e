import { defineProblems } from '../problem/problem.ts'

export const httpProblems = defineProblems({
  not_signed_in: {
    status: 401,
    meaning: 'The request carries no valid session and no valid admin token.',
    remedy: 'Sign in with an admin token; `rollcall token create` makes one.',
  },
  csrf_token_missing: {
    status: 403,
    meaning: 'A write came with a session cookie but without the matching `x-rollcall-csrf` header.',
    remedy: 'Reload the page; a program uses an admin token in the Authorization header instead of a cookie.',
  },
  host_unknown: {
    status: 421,
    meaning: 'The Host header names something this listener does not answer for.',
    remedy: 'Use the address that the service printed, or add the host to ROLLCALL_ADMIN_HOSTS or ROLLCALL_PUBLIC_URL.',
  },
  route_unknown: {
    status: 404,
    meaning: 'There is nothing at this address.',
    remedy: 'Check the path against /api/openapi.json.',
  },
  request_invalid: {
    status: 400,
    meaning: 'The request does not have the form that its route describes.',
    remedy: 'Correct the part that the message names; /api/openapi.json describes every route.',
  },
  request_too_large: {
    status: 413,
    meaning: 'The body is larger than this route accepts.',
    remedy: 'Send less at once.',
  },
  too_many_requests: {
    status: 429,
    meaning: 'More requests came from this address than the route allows in a minute.',
    remedy: 'Wait for the number of seconds in Retry-After.',
  },
  internal_error: {
    status: 500,
    meaning: 'Something failed that Rollcall did not foresee.',
    remedy: 'Look for the request id in the service log and report it with that log line.',
  },
})
