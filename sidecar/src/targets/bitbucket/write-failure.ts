import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { ReadOnlyMemory } from '../data-center/read-only-memory.ts'
import {
  createWriteFailure,
  type RefusalRule,
  type RefusedWrite,
  type WriteFailure,
} from '../data-center/write-failure.ts'
import type { TargetError } from '../target-error.ts'
import { bitbucket, bitbucketFailures, notAdministrator } from './bitbucket-failure.ts'
import { bitbucketFaults, bitbucketProblems } from './bitbucket-problems.ts'
import { isAdministrator } from './permissions.ts'

/** By status and by the field that Bitbucket names, since its prose is translated; what no rule knows is quoted. */
const rules: readonly RefusalRule[] = [
  { status: 403, says: /licen[cs]e|user limit/i, definition: bitbucketFaults.licence_exhausted },
  { status: 403, definition: bitbucketProblems.bitbucket_outranked },
  { status: 400, field: 'emailAddress', definition: bitbucketProblems.bitbucket_email_illegal },
  { status: 400, field: 'email', definition: bitbucketProblems.bitbucket_email_illegal },
  { status: 400, field: 'name', definition: bitbucketFaults.name_illegal },
  { status: 400, field: 'newName', definition: bitbucketFaults.name_illegal },
  { status: 400, says: /e-?mail/i, definition: bitbucketProblems.bitbucket_email_illegal },
  { status: 400, says: /user ?name|group name|name of/i, definition: bitbucketFaults.name_illegal },
  { status: 409, says: /own|yourself|themselves|your/i, definition: bitbucketProblems.bitbucket_own_rights },
]

const readOnly = /read[- ]only|director(y|ies).*does not (allow|support)|not (mutable|deletable)/i

export const createBitbucketWriteFailure = (client: ProductClient, memory: ReadOnlyMemory): WriteFailure =>
  createWriteFailure(bitbucket, bitbucketFailures, memory, {
    readOnly,
    rules,
    forbidden: (write, signal) => forbidden(client, write, signal),
  })

/** 401 is either the end of our rights or one account or group that outranks us (Bitbucket REST, users). */
async function forbidden(
  client: ProductClient,
  { answer, doing }: RefusedWrite,
  signal: AbortSignal,
): Promise<TargetError | undefined> {
  if (answer.status !== 401) return undefined
  if (!(await isAdministrator(client, signal))) return notAdministrator()
  return refusal(
    bitbucketProblems.bitbucket_outranked,
    `Bitbucket lets only accounts of higher rank do this: ${doing}.`,
  )
}
