import type { Attributes } from '../identity/identity.ts'
import { about, addUnsupported, type Draft } from './comparison.ts'
import type { AccountRef } from './operation.ts'
import type { PlanContext } from './plan-context.ts'
import type { Subject } from './subject.ts'

const nothing: Attributes = {}

/** Products do not list custom attributes, so they are compared with what was written last. */
export function compareCustomAttributes(
  draft: Draft,
  subject: Subject,
  account: AccountRef,
  written: Attributes | undefined,
  context: PlanContext,
): void {
  const { policy } = context.policy.users
  if (policy.customAttributes.length === 0 || (written !== undefined && !policy.update)) return
  const { attributes } = subject.wanted
  if (sameAttributes(attributes, written ?? nothing)) return
  const { setAttributes } = context.capabilities.abilities
  if (!setAttributes.able) {
    addUnsupported(draft, subject.identity, 'store custom attributes', setAttributes.reason)
    return
  }
  const { id, name } = account
  draft.operations.push({
    kind: 'setAttributes',
    ...about(subject, { id, name }, [{ kind: 'customAttribute' }]),
    after: attributes,
  })
}

function sameAttributes(a: Attributes, b: Attributes): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}
