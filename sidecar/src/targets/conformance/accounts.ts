import { describe, expect, test } from 'vitest'
import type { Attributes } from '../../identity/identity.ts'
import type { AccountKey } from '../../identity/ids.ts'
import type { Ability } from '../../planning/capabilities.ts'
import { expectReach } from './failure-of.ts'
import { ada, type Suite, signal } from './suite.ts'

export function describeAccounts({ name, conformity, open, make, email, canDo }: Suite): void {
  describe(`${name}: accounts`, () => {
    test('are created and found by key and by name in any case', async () => {
      const { target, product } = await open()
      const made = await make(target)
      expect(made).toMatchObject({ email: ada.email, active: true })
      if (conformity.choosesDisplayNames ?? true) expect(made.displayName).toBe(ada.displayName)
      expect(product.accountNamed('ada')?.key).toBe(made.key)
      const shown = { ...made, email: email(ada.email) }
      expect(await target.findAccount({ key: made.key }, signal)).toEqual(shown)
      expect(await target.findAccount({ name: 'ADA' }, signal)).toEqual(shown)
      expect(await target.findAccount({ name: 'nobody' }, signal)).toBeUndefined()
    })

    test('are in no group when they are new', async () => {
      const { target } = await open()
      expect(await target.groupsOf((await make(target)).key, signal)).toEqual([])
    })

    test('are not created a second time, whatever the case', async () => {
      const { target } = await open()
      await make(target)
      await expectReach(target.createAccount({ ...ada, name: 'Ada' }, signal), 'refused')
    })

    test('change only where they were asked to', async () => {
      const { target, product } = await open()
      const { key, name } = await make(target)
      const rename = () => target.updateAccount(key, { displayName: 'Ada King' }, signal)
      if (!(await canDo(target, 'updateUser', rename))) return
      await rename()
      expect(await target.findAccount({ key }, signal)).toMatchObject({ displayName: 'Ada King' })
      expect(product.emailOf('ada')).toBe(ada.email)
      await target.updateAccount(key, { email: 'new@example.com' }, signal)
      const { userNameIs } = (await target.describe(signal)).capabilities.names
      expect(await target.findAccount({ key }, signal)).toMatchObject({
        name: userNameIs === 'email' ? 'new' : name,
        email: email('new@example.com'),
        displayName: 'Ada King',
      })
      expect(product.emailOf(userNameIs === 'email' ? 'new' : 'ada')).toBe('new@example.com')
    })

    test('keep their key when renamed, and can swap names through a third', async () => {
      const { target, product } = await open({ accounts: [{ name: 'bob' }] })
      const { key } = await make(target)
      const bob = product.accountNamed('bob')?.key as AccountKey
      if (!(await canDo(target, 'renameUser', () => target.renameAccount(key, 'between', signal)))) return
      await target.renameAccount(key, 'between', signal)
      await target.renameAccount(bob, 'ada', signal)
      await target.renameAccount(key, 'bob', signal)
      await target.renameAccount(key, 'bob', signal)
      expect([product.accountNamed('ada')?.key, product.accountNamed('bob')?.key]).toEqual([bob, key])
    })

    test('are not renamed to a name that somebody has', async () => {
      const { target, product } = await open({ accounts: [{ name: 'bob' }] })
      const { key } = await make(target)
      const rename = () => target.renameAccount(key, 'BOB', signal)
      if (await canDo(target, 'renameUser', rename)) await expectReach(rename(), 'refused')
      expect(product.accountNamed('ada')?.key).toBe(key)
    })

    test('are deactivated and activated, and again without harm', async () => {
      const { target, product } = await open()
      const { key } = await make(target)
      const deactivate = () => target.deactivateAccount(key, signal)
      if (!(await canDo(target, 'deactivateUser', deactivate))) {
        await canDo(target, 'activateUser', () => target.activateAccount(key, signal))
        expect(product.accountNamed('ada')?.active).toBe(true)
        return
      }
      for (let times = 0; times < 2; times += 1) await deactivate()
      expect(product.accountNamed('ada')?.active).toBe(false)
      for (let times = 0; times < 2; times += 1) await target.activateAccount(key, signal)
      expect(product.accountNamed('ada')?.active).toBe(true)
    })

    test('lose their web sessions when they are deactivated, or the capability says that they do not', async () => {
      const { target, product } = await open({ accounts: [{ name: 'bob' }] })
      const { key, name } = await make(target)
      const session = await product.openSession?.(name)
      const other = await product.openSession?.('bob')
      const { deactivateUser } = (await target.describe(signal)).capabilities.abilities
      if (!deactivateUser.able) return
      expect(deactivateUser.note).toMatch(/sessions/i)
      await target.deactivateAccount(key, signal)
      // An inactive account has no good session anyway: one that was ended does not come back with it.
      await target.activateAccount(key, signal)
      expect([await session?.isOpen(), await other?.isOpen()]).toEqual(session ? [false, true] : [undefined, undefined])
    })

    test('are deleted, and again without harm', async () => {
      const { target, product } = await open()
      const { key } = await make(target)
      for (let times = 0; times < 2; times += 1) await target.deleteAccount(key, signal)
      expect(product.accountNamed('ada')).toBeUndefined()
    })

    test('that are gone refuse every other change for themselves alone', async () => {
      const { target, product } = await open()
      const { key } = await make(target)
      product.remove('ada')
      const changes: [Ability, () => Promise<void>][] = [
        ['updateUser', () => target.updateAccount(key, { displayName: 'x' }, signal)],
        ['renameUser', () => target.renameAccount(key, 'x', signal)],
        ['activateUser', () => target.activateAccount(key, signal)],
        ['deactivateUser', () => target.deactivateAccount(key, signal)],
      ]
      const { abilities } = (await target.describe(signal)).capabilities
      for (const [ability, change] of changes) if (abilities[ability].able) await expectReach(change(), 'refused')
      await expectReach(target.groupsOf(key, signal), 'refused')
    })

    test('keep attributes, of which the last ones count', async () => {
      const { target, product } = await open()
      const { key } = await make(target)
      const attributes: Attributes = { Department: 'Größe & <Co>', Languages: ['en', 'de'], Level: 3, Remote: true }
      const set = () => target.setAttributes(key, { Department: 'old', Gone: 'yes' }, signal)
      if (!(await canDo(target, 'setAttributes', set))) return
      await set()
      await target.setAttributes(key, attributes, signal)
      await target.setAttributes(key, attributes, signal)
      expect(product.attributesOf('ada')).toEqual(conformity.kept?.(attributes) ?? attributes)
    })

    test('keep nothing once there are no attributes any more, as if there never had been any', async () => {
      const { target, product } = await open()
      const { key } = await make(target)
      const before = product.attributesOf('ada')
      if (!(await canDo(target, 'setAttributes', () => target.setAttributes(key, {}, signal)))) return
      for (const attributes of [{ Department: 'Physics' }, {}, {}]) await target.setAttributes(key, attributes, signal)
      expect(product.attributesOf('ada')).toEqual(before)
    })
  })
}
