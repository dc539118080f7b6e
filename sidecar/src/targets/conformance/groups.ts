import { describe, expect, test } from 'vitest'
import type { AccountKey } from '../../identity/ids.ts'
import { expectReach } from './failure-of.ts'
import { type Suite, signal } from './suite.ts'

export function describeGroups({ name, open, make }: Suite): void {
  describe(`${name}: groups`, () => {
    test('are not created a second time, whatever the case', async () => {
      const { target } = await open({ groups: [{ name: 'Makers', members: [] }] })
      await expectReach(target.createGroup('makers', signal), 'refused')
    })

    test('are deleted, and again without harm', async () => {
      const { target, product } = await open({ groups: [{ name: 'Makers', members: [] }] })
      for (let times = 0; times < 2; times += 1) await target.deleteGroup('Makers', signal)
      expect(product.groupExists('Makers')).toBe(false)
    })

    test('take a member in any case of their name, and again without harm', async () => {
      const { target, product } = await open({ groups: [{ name: 'Makers', members: [] }] })
      const account = await make(target)
      await target.addMember('Makers', account, signal)
      await target.addMember('MAKERS', account, signal)
      expect(product.membersOf('Makers')).toEqual(['ada'])
      expect(await target.groupsOf(account.key, signal)).toEqual(['Makers'])
    })

    test('tell their members, one group at a time', async () => {
      const { target, product } = await open({
        accounts: [{ name: 'bob' }, { name: 'carl', active: false }],
        groups: [{ name: 'Makers', members: ['bob', 'carl'] }],
      })
      if (!target.membersOf) return
      const keys = ['bob', 'carl'].map((each) => product.accountNamed(each)?.key)
      expect([...(await target.membersOf('Makers', signal))].sort()).toEqual(keys.sort())
      expect(await target.membersOf('Nowhere', signal)).toEqual([])
    })

    test('take many members at once, each with its outcome', async () => {
      const { target, product } = await open({
        accounts: [{ name: 'bob' }, { name: 'carl' }],
        groups: [{ name: 'Makers', members: ['bob'] }],
      })
      const keyOf = (each: string) => product.accountNamed(each)?.key as AccountKey
      const members = ['bob', 'carl'].map((each) => ({ key: keyOf(each), name: each }))
      const gone = await make(target)
      product.remove('ada')
      const added = [gone, ...members].map((each) => target.addMember('Makers', each, signal))
      await expectReach(added[0] as Promise<void>, 'refused')
      await Promise.all(added.slice(1))
      expect([...product.membersOf('Makers')].sort()).toEqual(['bob', 'carl'])
    })

    test('lose a member, and again without harm', async () => {
      const { target, product } = await open({ groups: [{ name: 'Makers', members: [] }] })
      const account = await make(target)
      await target.addMember('Makers', account, signal)
      await target.removeMember('makers', account, signal)
      await target.removeMember('Makers', account, signal)
      expect(product.membersOf('Makers')).toEqual([])
    })

    test('that do not exist take nobody, and have nobody to lose', async () => {
      const { target } = await open()
      const account = await make(target)
      await expectReach(target.addMember('Nowhere', account, signal), 'refused')
      await target.removeMember('Nowhere', account, signal)
    })
  })
}
