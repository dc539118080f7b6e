import { createTenant, type Tenant, type TenantOptions } from '@rollcall/simulators/entra/tenant/tenant'

/** A tenant in which nobody is, so that a test names everybody itself. */
export const emptyTenant = (options: TenantOptions = {}): Tenant => createTenant({ users: 0, groups: 0, ...options })

/** `ada` becomes Ada, `ada@…` at sign-in and `ada@example.com` for mail; gives back the object id. */
export function addPerson(tenant: Tenant, name: string, properties: Readonly<Record<string, unknown>> = {}): string {
  const displayName = name.charAt(0).toUpperCase() + name.slice(1)
  const userPrincipalName = `${name}@${tenant.domain}`
  return tenant.addUser({ displayName, userPrincipalName, mail: `${name}@example.com`, ...properties })
}

export const addPeople = (tenant: Tenant, ...names: readonly string[]): readonly string[] =>
  names.map((name) => addPerson(tenant, name))

/** A group with these members, which may be groups; gives back the object id. */
export function addGroup(tenant: Tenant, displayName: string, members: readonly string[] = []): string {
  const id = tenant.addGroup({ displayName })
  for (const member of members) tenant.addMember(id, member)
  return id
}

export const idOf = (tenant: Tenant, name: string): string => {
  const user = tenant.directory.findByUpn(`${name}@${tenant.domain}`)
  if (!user) throw new Error(`The tenant has no ${name}.`)
  return user.id
}
