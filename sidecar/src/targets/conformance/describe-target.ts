import { afterEach, expect } from 'vitest'
import type { Ability } from '../../planning/capabilities.ts'
import type { Target } from '../target.ts'
import { describeAccounts } from './accounts.ts'
import { describeConcurrentChanges } from './concurrent-changes.ts'
import type { Conformity, Situation, Subject } from './conformity.ts'
import { describeDescription } from './description.ts'
import { expectReach } from './failure-of.ts'
import { describeGroups } from './groups.ts'
import { describeLimits } from './limits.ts'
import { describeNames } from './names.ts'
import { describeNesting } from './nesting.ts'
import { describeObserving } from './observing.ts'
import { ada, type Suite, signal } from './suite.ts'

/** What every target must do, tried over its real interface. */
export function describeTarget(name: string, conformity: Conformity): void {
  const opened: Subject[] = []
  afterEach(async () => {
    for (const subject of opened.splice(0)) await subject.close()
  })

  async function open(situation: Situation = {}): Promise<Subject> {
    const subject = await conformity.open(situation)
    opened.push(subject)
    return subject
  }

  const make = (target: Target) => target.createAccount(ada, signal)
  const email = (address: string) => ((conformity.tellsEmails ?? true) ? address : undefined)

  /** True where the description says so; where not, the call has to be refused as impossible, and nothing more is tried. */
  async function canDo(target: Target, ability: Ability, call: () => Promise<unknown>): Promise<boolean> {
    const capability = (await target.describe(signal)).capabilities.abilities[ability]
    if (capability.able) return true
    expect(capability.reason).toMatch(/\w{3}/)
    await expectReach(call(), 'denied')
    return false
  }

  const suite: Suite = { name, conformity, open, make, email, canDo }
  describeObserving(suite)
  describeAccounts(suite)
  describeNames(suite)
  describeGroups(suite)
  describeNesting(suite)
  describeConcurrentChanges(suite)
  describeLimits(suite)
  describeDescription(suite)
}
