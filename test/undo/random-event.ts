import type { Tenant } from '@rollcall/simulators/entra/tenant/tenant'
import fc from 'fast-check'
import { addGroup, addPerson } from '../end-to-end/harness/people.ts'

const names = ['ada', 'bela', 'cai', 'dee', 'eli'] as const
const groupNames = ['Research', 'Poetry', 'chess'] as const
const departments = ['Physics', 'Letters', undefined] as const

type Person = ReturnType<Tenant['users']>[number]
type Group = ReturnType<Tenant['groups']>[number]
type Choice = Readonly<Record<'who' | 'which' | 'what', number>>

const at = <T>(all: readonly T[], place: number): T | undefined => all[place % all.length]

const personal: Readonly<Record<string, (tenant: Tenant, person: Person, what: number) => void>> = {
  leaves: (tenant, { id }) => tenant.softDelete(id),
  isPurged: (tenant, { id }) => tenant.purge(id),
  isDisabled: (tenant, { id }) => tenant.disableUser(id),
  isEnabled: (tenant, { id }) => tenant.enableUser(id),
  changesDisplayName: (tenant, { id }, what) => tenant.updateUser(id, { displayName: `Somebody ${what}` }),
  changesDepartment: (tenant, { id }, what) => tenant.updateUser(id, { department: at(departments, what) }),
  changesMail: (tenant, { id }, what) => tenant.updateUser(id, { mail: `${id}.${what}@example.com` }),
  leavesScope: (tenant, { id }) => tenant.updateUser(id, { displayName: 'Out' }),
  changesName(tenant, { id }, what) {
    const userPrincipalName = `${at(names, what)}@${tenant.domain}`
    if (!tenant.directory.findByUpn(userPrincipalName)) tenant.updateUser(id, { userPrincipalName })
  },
  swapsNames(tenant, person, what) {
    const other = at(tenant.users(), what)
    if (!other || other === person) return
    const [own, others] = [person, other].map(({ properties }) => properties.userPrincipalName)
    tenant.updateUser(person.id, { userPrincipalName: `between@${tenant.domain}` })
    tenant.updateUser(other.id, { userPrincipalName: own })
    tenant.updateUser(person.id, { userPrincipalName: others })
  },
}

const aboutGroups: Readonly<Record<string, (tenant: Tenant, group: Group, choice: Choice) => void>> = {
  entersGroup(tenant, { id }, { who }) {
    const person = at(tenant.users(), who)
    if (person) tenant.addMember(id, person.id)
  },
  leavesGroup(tenant, { id }, { who }) {
    const person = at(tenant.users(), who)
    if (person) tenant.removeMember(id, person.id)
  },
  groupGoes: (tenant, { id }) => tenant.deleteGroup(id),
  groupIsNested(tenant, { id }, { what }) {
    const child = at(tenant.groups(), what)
    if (child && child.id !== id) tenant.addMember(id, child.id)
  },
  groupIsTakenOut(tenant, { id }, { what }) {
    const child = at(tenant.groups(), what)
    if (child) tenant.removeMember(id, child.id)
  },
}

const arrivals: Readonly<Record<string, (tenant: Tenant, choice: Choice) => void>> = {
  joins(tenant, { who, what }) {
    const name = at(names, who) ?? ''
    const department = at(departments, what)
    if (!tenant.directory.findByUpn(`${name}@${tenant.domain}`)) addPerson(tenant, name, { department })
  },
  groupComes(tenant, { which }) {
    const name = at(groupNames, which) ?? ''
    if (!tenant.groups().some(({ properties }) => properties.displayName === name)) addGroup(tenant, name)
  },
}

const kinds = [...Object.keys(arrivals), ...Object.keys(personal), ...Object.keys(aboutGroups)]

/** Anything that happens at the provider; `who`, `which` and `what` choose among whatever there is. */
export const randomEvent = fc.record({
  kind: fc.constantFrom(...kinds, 'joins', 'entersGroup', 'entersGroup'),
  who: fc.nat(4),
  which: fc.nat(2),
  what: fc.nat(4),
})

export interface RandomEvent extends Choice {
  readonly kind: string
}

export function happen(tenant: Tenant, event: RandomEvent): void {
  const { kind, who, which, what } = event
  arrivals[kind]?.(tenant, event)
  const person = at(tenant.users(), who)
  if (person) personal[kind]?.(tenant, person, what)
  const group = at(tenant.groups(), which)
  if (group) aboutGroups[kind]?.(tenant, group, event)
}
