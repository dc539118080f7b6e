import { Problem, type ProblemDefinition } from '../../problem/problem.ts'
import { graphProblems as problems } from './graph-problems.ts'

/** Microsoft's numbers (learn.microsoft.com/entra/identity-platform/reference-error-codes) and what they mean here. */
const definitionByNumber: Readonly<Record<number, ProblemDefinition>> = {
  90002: problems.graph_tenant_unknown,
  900023: problems.graph_tenant_unknown,
  90013: problems.graph_tenant_unknown,
  50059: problems.graph_tenant_unknown,
  700016: problems.graph_client_unknown,
  7000112: problems.graph_client_disabled,
  7000215: problems.graph_secret_wrong,
  7000222: problems.graph_secret_expired,
  700027: problems.graph_certificate_refused,
  700021: problems.graph_certificate_refused,
  700023: problems.graph_certificate_refused,
  50012: problems.graph_certificate_refused,
  50027: problems.graph_certificate_refused,
  700024: problems.graph_clock_wrong,
  500011: problems.graph_wrong_cloud,
  50001: problems.graph_wrong_cloud,
  90038: problems.graph_wrong_cloud,
  900382: problems.graph_wrong_cloud,
  53003: problems.graph_policy_blocks,
  530035: problems.graph_policy_blocks,
  65001: problems.graph_consent_missing,
  7000229: problems.graph_consent_missing,
  650051: problems.graph_consent_missing,
  650057: problems.graph_consent_missing,
  90033: problems.graph_sign_in_unavailable,
  90055: problems.graph_sign_in_unavailable,
  50196: problems.graph_sign_in_unavailable,
}

/** Only the number is taken from the text: it quotes ids, and sometimes what was sent. */
const aadstsNumber = (text: string): number | undefined => {
  const digits = /AADSTS(\d+)/.exec(text)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** The Problem behind a sign-in that MSAL reports as failed. */
export function signInFailure(error: unknown): Problem {
  const number = aadstsNumber(error instanceof Error ? error.message : '')
  const definition = (number && definitionByNumber[number]) || problems.graph_sign_in_refused
  const reference = number === undefined ? classOf(error) : `AADSTS${number}`
  return new Problem(definition, `${definition.meaning} (${reference})`, { context: { reference } })
}

const classOf = (error: unknown): string =>
  error instanceof Error && 'errorCode' in error && typeof error.errorCode === 'string' ? error.errorCode : 'no number'
