import { describe, expect, test } from 'vitest'
import { nameKey } from '../../identity/name-key.ts'
import { collect } from './collect.ts'
import { anyGroupNames, anyUserNames } from './conformity.ts'
import { expectReach } from './failure-of.ts'
import { ada, type Suite, signal } from './suite.ts'

export function describeNames({ name, conformity, open, make, canDo }: Suite): void {
  describe(`${name}: names`, () => {
    test.each([...(conformity.legalNames ?? anyUserNames)])('of accounts may be %s', async (given) => {
      const { target } = await open()
      const { key, name } = await target.createAccount({ ...ada, name: given }, signal)
      expect(nameKey(name)).toBe(nameKey(given))
      expect(await target.findAccount({ name: given }, signal)).toMatchObject({ key })
      await target.createGroup('Any', signal)
      await target.addMember('Any', { key, name }, signal)
      const deactivate = () => target.deactivateAccount(key, signal)
      if (await canDo(target, 'deactivateUser', deactivate)) await deactivate()
      expect(await target.groupsOf(key, signal)).toEqual(['Any'])
    })

    test.each(conformity.illegalNames)('of accounts may not be "%s"', async (given) => {
      const { target, product } = await open()
      await expectReach(target.createAccount({ ...ada, name: given }, signal), 'refused')
      const { key } = await make(target)
      const rename = () => target.renameAccount(key, given, signal)
      if (await canDo(target, 'renameUser', rename)) await expectReach(rename(), 'refused')
      expect(product.accountNamed('ada')?.key).toBe(key)
    })

    test.each([...(conformity.legalGroupNames ?? anyGroupNames)])('of groups may be %s', async (group) => {
      const { target, product } = await open()
      const account = await make(target)
      await target.createGroup(group, signal)
      await target.addMember(group, account, signal)
      expect((await collect(target)).members.get(group)).toEqual([account.key])
      await target.removeMember(group, account, signal)
      expect(product.membersOf(group)).toEqual([])
      await target.deleteGroup(group, signal)
      expect(product.groupExists(group)).toBe(false)
    })

    test.each([...(conformity.illegalGroupNames ?? [])])(
      'of groups may not be "%s", and harm nothing',
      async (group) => {
        const { target, product } = await open({
          accounts: [{ name: 'bob' }],
          groups: [{ name: group, members: ['bob'] }],
        })
        const account = await make(target)
        await expectReach(target.createGroup(group, signal), 'refused')
        await expectReach(target.addMember(group, account, signal), 'refused')
        await expectReach(target.deleteGroup(group, signal), 'refused')
        expect(product.membersOf(group)).toEqual(['bob'])
        expect((await collect(target)).complete).toBe(true)
      },
    )
  })
}
