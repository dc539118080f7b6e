import { expect, test } from 'vitest'
import { createTenant, loadTenant } from './tenant.ts'

test('the same seed makes the same tenant, another seed another one', () => {
  const make = (seed: number) =>
    createTenant({ seed, users: 50, groups: 8, memberships: 120, nested: 3, now: () => new Date(0) }).save()
  expect(make(7)).toBe(make(7))
  expect(make(7)).not.toBe(make(8))
})

test('has exactly the size that was asked for, with guests, disabled people and nested groups', () => {
  const tenant = createTenant({ seed: 7, users: 2000, groups: 100, memberships: 10_000, nested: 5 })
  const memberships = tenant.groups().reduce((sum, { members }) => sum + members.size, 0)
  expect([tenant.users().length, tenant.groups().length, memberships]).toEqual([2000, 100, 10_005])
  expect(tenant.users().filter(({ properties }) => properties.userType === 'Guest').length).toBeGreaterThan(20)
  expect(tenant.users().filter(({ properties }) => properties.accountEnabled === false).length).toBeGreaterThan(20)
})

test('loading what was saved gives the same tenant', () => {
  const tenant = createTenant({ seed: 7, users: 20, groups: 4, memberships: 30 })
  const [user] = tenant.users()
  const [group] = tenant.groups()
  tenant.softDelete(user?.id ?? '')
  tenant.removeMember(
    group?.id ?? '',
    tenant.directory.at(group?.members.keys().find((handle) => handle > 0) ?? 0)?.id ?? '',
  )
  const loaded = loadTenant(tenant.save())
  expect(JSON.parse(loaded.save())).toEqual(JSON.parse(tenant.save()))
  loaded.restore(user?.id ?? '')
  expect(loaded.users()).toHaveLength(20)
})

test('user principal names are unique and of Latin letters, whatever the script of the name', () => {
  const names = createTenant({ seed: 2, users: 3000, groups: 0 })
    .users()
    .map(({ properties }) => String(properties.userPrincipalName))
  expect(new Set(names).size).toBe(3000)
  expect(names.filter((name) => !/^[a-z]+[._][a-z0-9]+[\w.]*(#EXT#)?@contoso\.onmicrosoft\.com$/.test(name))).toEqual(
    [],
  )
})
