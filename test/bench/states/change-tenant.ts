import type { Tenant } from '@rollcall/simulators/entra/tenant/tenant'

/** What a day brings, of a hundred changes: so many people join, leave, change, and come into or out of a group. */
const share = { join: 10, disable: 10, update: 20, addMember: 40, removeMember: 20 } as const

/** Makes `count` changes to people and groups; `from` is how many were made before, so that others are touched now. */
export function changeTenant(tenant: Tenant, { count, from }: { readonly count: number; readonly from: number }): void {
  const people = tenant.users().filter(({ properties }) => properties.accountEnabled === true)
  const groups = tenant.groups()
  const person = (index: number) => people[(from + index) % people.length]?.id ?? ''
  const group = (index: number) => groups[groups.length - 1 - ((from + index) % (groups.length >> 1))]?.id ?? ''
  let made = 0
  const make = (kind: keyof typeof share, change: (index: number) => void) => {
    for (let n = 0; n < (share[kind] * count) / 100; n += 1) change(made++)
  }
  make('join', (index) => {
    const address = `joiner${from + index}@${tenant.domain}`
    tenant.addUser({ displayName: `Joiner ${index}`, userPrincipalName: address, mail: address })
  })
  make('disable', (index) => tenant.disableUser(person(index)))
  make('update', (index) => tenant.updateUser(person(index), { displayName: `Renamed ${from + index}` }))
  make('addMember', (index) => tenant.addMember(group(index), person(index)))
  make('removeMember', (index) => removeSomebody(tenant, group(index)))
}

function removeSomebody(tenant: Tenant, group: string): void {
  const object = tenant.directory.get('group', group)
  const handle = object.members.keys().find((member) => tenant.directory.isMember(object, member))
  const member = handle === undefined ? undefined : tenant.directory.at(handle)
  if (member) tenant.removeMember(group, member.id)
}
