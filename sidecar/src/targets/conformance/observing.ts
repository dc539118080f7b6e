import { describe, expect, test } from 'vitest'
import { collect } from './collect.ts'
import type { Suite } from './suite.ts'

export function describeObserving({ name, conformity, open }: Suite): void {
  describe(`${name}: observing`, () => {
    test('sees active and inactive accounts, empty groups and memberships, each once', async () => {
      const { target, product } = await open({
        accounts: [{ name: 'ada' }, { name: 'bob', active: false }],
        groups: [
          { name: 'Makers', members: ['ada', 'bob'] },
          { name: 'Nobody', members: [] },
        ],
      })
      const seen = await collect(target)
      expect(seen.complete).toBe(true)
      const active = new Map(seen.accounts.map((account) => [account.name, account.active]))
      expect([active.get('ada'), active.get('bob')]).toEqual([true, false])
      expect(new Set(seen.accounts.map((account) => account.key)).size).toBe(seen.accounts.length)
      expect(seen.groups).toEqual(expect.arrayContaining(['Makers', 'Nobody']))
      expect([...(seen.members.get('Makers') ?? [])].sort()).toEqual(
        [product.accountNamed('ada')?.key, product.accountNamed('bob')?.key].sort(),
      )
    })

    test.each(conformity.accountCounts)('sees all of %i accounts, none twice', async (count) => {
      const accounts = Array.from({ length: count }, (_, index) => ({
        name: `person${index}`,
        displayName: `P ${index}`,
      }))
      const { target } = await open({ accounts })
      const names = (await collect(target)).accounts.map((account) => account.name)
      expect(names.filter((each) => each.startsWith('person')).sort()).toEqual(accounts.map((each) => each.name).sort())
    })

    test.each(conformity.memberCounts)('sees all of %i members of a group, none twice', async (count) => {
      const accounts = Array.from({ length: count }, (_, index) => ({
        name: `person${index}`,
        active: index % 3 !== 0,
      }))
      const { target } = await open({ accounts, groups: [{ name: 'All', members: accounts.map((each) => each.name) }] })
      const members = (await collect(target)).members.get('All') ?? []
      expect(new Set(members).size).toBe(count)
      expect(members).toHaveLength(count)
    })

    test('stops when it is told to', async () => {
      const { target } = await open({ accounts: [{ name: 'ada' }] })
      const reason = new Error('paused')
      await expect(collect(target, AbortSignal.abort(reason))).rejects.toThrow()
    })
  })
}
