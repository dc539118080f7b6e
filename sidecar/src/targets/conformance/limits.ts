import { describe, expect, test } from 'vitest'
import type { AccountKey } from '../../identity/ids.ts'
import type { Throttling } from '../throttling.ts'
import { expectReach, failureOf } from './failure-of.ts'
import { onlyIf } from './only-if.ts'
import { ada, type Suite, signal } from './suite.ts'

export function describeLimits({ name, conformity, open, make }: Suite): void {
  describe(`${name}: limits`, () => {
    onlyIf(conformity.hasDirectories)('a read-only directory is told apart and remembered', async () => {
      const { target } = await open({ readOnly: true, accounts: [{ name: 'bob' }] })
      const { code } = await expectReach(make(target), 'denied')
      const { abilities } = (await target.describe(signal)).capabilities
      expect(abilities.createUser).toMatchObject({ able: false, reason: expect.stringContaining('director') })
      const bob = await target.findAccount({ name: 'bob' }, signal)
      const change = () => target.deleteAccount(bob?.key as AccountKey, signal)
      expect((await failureOf(change())).code).toBe(code)
    })

    onlyIf(conformity.tellsSeats)('a full licence is reported, and creating takes no seat', async () => {
      const { target } = await open({ licenceFull: true })
      const seats = (await target.describe(signal)).seats
      expect(seats.some(({ remaining }) => remaining === 0)).toBe(true)
      if (conformity.createsWithoutSeat ?? true) await make(target)
      else expect((await expectReach(make(target), 'refused')).code).toMatch(/licence/)
      expect((await target.describe(signal)).seats).toEqual(seats)
    })

    test('throttling is waited for, and told', async () => {
      const heard: Throttling[] = []
      const { target, product } = await open({ throttled: true, onThrottled: (throttling) => heard.push(throttling) })
      const names = Array.from({ length: 20 }, (_, index) => `p${index}`)
      await Promise.all(names.map((each) => target.createAccount({ ...ada, name: each }, signal)))
      expect(names.filter((each) => product.accountNamed(each) === undefined)).toEqual([])
      expect(heard.some(({ kind, waitMs }) => kind === 'refused' && waitMs > 0)).toBe(true)
    })
  })
}
