import { describe, expect, test } from 'vitest'
import type { AccountKey } from '../../identity/ids.ts'
import { collect } from './collect.ts'
import { expectReach } from './failure-of.ts'
import { type Suite, signal } from './suite.ts'

export function describeNesting({ name, open }: Suite): void {
  describe(`${name}: nested groups`, () => {
    const groups = [
      { name: 'Company', members: ['bob'] },
      { name: 'Makers', members: ['ada'] },
    ]
    const accounts = [{ name: 'ada' }, { name: 'bob' }]

    test('are written and taken apart, again without harm, and are told from members', async () => {
      const { target, product } = await open({ accounts, groups })
      const { abilities } = (await target.describe(signal)).capabilities
      expect(target.nesting !== undefined).toBe(abilities.addChildGroup.able)
      expect(abilities.removeChildGroup.able).toBe(abilities.addChildGroup.able)
      const { nesting } = target
      if (!nesting) return
      for (let times = 0; times < 2; times += 1) await nesting.addChild('COMPANY', 'Makers', signal)
      const seen = await collect(target)
      expect([...seen.children]).toEqual([['Company', ['Makers']]])
      expect(seen.members.get('Company')).toEqual([product.accountNamed('bob')?.key])
      const ada = product.accountNamed('ada')?.key as AccountKey
      expect(await target.groupsOf(ada, signal)).toEqual(['Makers'])
      for (let times = 0; times < 2; times += 1) await nesting.removeChild('Company', 'makers', signal)
      expect((await collect(target)).children.size).toBe(0)
    })

    test('never contain themselves, nor groups that are not there', async () => {
      const { target } = await open({ accounts, groups })
      const { nesting } = target
      if (!nesting) return
      await nesting.addChild('Company', 'Makers', signal)
      await expectReach(nesting.addChild('Makers', 'Company', signal), 'refused')
      await expectReach(nesting.addChild('Company', 'Nowhere', signal), 'refused')
      await expectReach(nesting.addChild('Nowhere', 'Company', signal), 'refused')
      await nesting.removeChild('Nowhere', 'Company', signal)
    })
  })
}
