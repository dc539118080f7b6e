import type { OutgoingAnswer } from '../../outgoing/outgoing-client.ts'
import {
  createProductFailures,
  gateFailure,
  type Product,
  type SignIn,
  stopped,
} from '../data-center/product-failures.ts'
import type { TargetError } from '../target-error.ts'
import { crowdGeneralProblems, crowdProblems } from './crowd-problems.ts'
import type { CrowdConnection } from './crowd-settings.ts'

/** `{"reason":"USER_NOT_FOUND","message":"…"}` (Crowd REST). */
export function reasonOf(body: unknown): string {
  const reason = (body as { reason?: unknown } | undefined)?.reason
  return typeof reason === 'string' ? reason : ''
}

function messageOf(body: unknown) {
  const message = (body as { message?: unknown } | undefined)?.message
  return { text: typeof message === 'string' ? message : reasonOf(body), fields: [] }
}

/** As an application (Data Center, authentication). */
export const crowdSignIn = ({ application, password }: CrowdConnection): SignIn => ({
  authorization: `Basic ${Buffer.from(`${application}:${password}`).toString('base64')}`,
  failureOf: signInFailure,
})

/** A 403 with a reason is about the request; one without is about where we call from (Crowd REST, calls). */
function signInFailure(answer: OutgoingAnswer): TargetError | undefined {
  const gate = gateFailure(answer, crowdGeneralProblems)
  if (gate) return gate
  if (answer.status === 401) return stopped(crowdProblems.crowd_password_refused)
  return /"reason"\s*:/.test(answer.text) ? undefined : stopped(crowdProblems.crowd_address_refused)
}

export const crowdProduct: Product = {
  name: 'Crowd',
  problems: crowdGeneralProblems,
  lacksAdministrator: 'may not read the directories',
  messageOf,
}

export const crowdFailures = createProductFailures(crowdProduct)
