import { describe, expect, test } from 'vitest'
import { expectReach } from './failure-of.ts'
import { type Suite, signal } from './suite.ts'

export function describeConcurrentChanges({ name, open, make, canDo }: Suite): void {
  describe(`${name}: changes behind our back`, () => {
    test('a renamed account still joins and leaves, and is changed under its new name', async () => {
      const { target, product } = await open({ groups: [{ name: 'Makers', members: [] }] })
      const account = await make(target)
      product.rename('ada', 'countess')
      await target.addMember('Makers', account, signal)
      expect(product.membersOf('Makers')).toEqual(['countess'])
      await target.removeMember('Makers', account, signal)
      expect(product.membersOf('Makers')).toEqual([])
      const deactivate = () => target.deactivateAccount(account.key, signal)
      if (!(await canDo(target, 'deactivateUser', deactivate))) return
      await deactivate()
      expect(product.accountNamed('countess')?.active).toBe(false)
    })

    test('a name that somebody else took over does not lead a change to the wrong account', async () => {
      const { target, product } = await open({ accounts: [{ name: 'bob' }] })
      const { key } = await make(target)
      product.rename('ada', 'countess')
      product.rename('bob', 'ada')
      await target.deleteAccount(key, signal)
      expect(product.accountNamed('countess')).toBeUndefined()
      expect(product.accountNamed('ada')).toBeDefined()
    })

    test('a deleted account cannot join and has left', async () => {
      const { target, product } = await open({ groups: [{ name: 'Makers', members: [] }] })
      const account = await make(target)
      product.remove('ada')
      await expectReach(target.addMember('Makers', account, signal), 'refused')
      await target.removeMember('Makers', account, signal)
    })

    test('somebody else added or removed the member first', async () => {
      const { target, product } = await open({ groups: [{ name: 'Makers', members: [] }] })
      const account = await make(target)
      product.join('Makers', 'ada')
      await target.addMember('Makers', account, signal)
      product.leave('Makers', 'ada')
      await target.removeMember('Makers', account, signal)
      expect(product.membersOf('Makers')).toEqual([])
    })

    test('a group that is deleted while it is observed leaves the observation whole', async () => {
      const { target, product } = await open({
        accounts: [{ name: 'ada' }],
        groups: [{ name: 'Makers', members: ['ada'] }],
      })
      let complete = false
      for await (const page of target.observe(signal)) {
        if (page.kind === 'groups') product.removeGroup('Makers')
        if (page.kind === 'complete') complete = true
      }
      expect(complete).toBe(true)
    })
  })
}
