import { describe, expect, test } from 'vitest'
import { collect } from './collect.ts'
import { type Suite, signal } from './suite.ts'

export function describeDescription({ name, conformity, open }: Suite): void {
  describe(`${name}: describing and checking`, () => {
    test('names the account that we sign in with, which exists', async () => {
      const { target, product } = await open()
      const { ownAccount, fingerprint, version, ownGroups } = await target.describe(signal)
      expect(fingerprint.ownAccount).toBe(ownAccount.key)
      expect(fingerprint.baseUrl).toMatch(/^https?:/)
      if (conformity.tellsVersion ?? true) expect(version).toMatch(/^\d+\./)
      if (conformity.signsInAsAccount ?? true) {
        expect(product.accountNamed(ownAccount.name)?.key).toBe(ownAccount.key)
        expect(ownGroups.length).toBeGreaterThan(0)
      } else {
        const { accounts } = await collect(target)
        expect(accounts.map(({ key }) => key)).not.toContain(ownAccount.key)
      }
    })

    test('checks every step without changing anything', async () => {
      const { target } = await open({ accounts: [{ name: 'ada' }] })
      const before = await collect(target)
      const steps = await target.check(signal)
      expect(steps.filter((step) => !step.ok)).toEqual([])
      expect(steps.map((step) => step.detail)).not.toContain('')
      expect(await collect(target)).toEqual(before)
    })
  })
}
