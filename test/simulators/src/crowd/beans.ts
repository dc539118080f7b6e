import { fold } from '../data-center/names.ts'
import type { Call } from './call.ts'
import type { Person, Team } from './realm.ts'

type Context = Pick<Call, 'base' | 'lowerCase'>

const link = (href: string) => ({ rel: 'self', href })
const userLink = ({ base }: Context, name: string, part = '') => link(`${base}/user${part}?username=${encoded(name)}`)
const groupLink = ({ base }: Context, name: string, part = '') =>
  link(`${base}/group${part}?groupname=${encoded(name)}`)
const encoded = (name: string): string => encodeURIComponent(name)
const shown = ({ lowerCase }: Context, name: string): string => (lowerCase ? fold(name) : name)

/** What lists tell of a user or a group without `expand` (Crowd REST, calls). */
export const userReference = (context: Context, { name }: Person) => {
  const told = shown(context, name)
  return { link: userLink(context, told), name: told }
}
export const groupReference = (context: Context, { name }: Team) => {
  const told = shown(context, name)
  return { link: groupLink(context, told), name: told }
}

/** A user (6): a field that a full replace left out is not told at all. */
export function userBean(context: Context, user: Person, expand: string) {
  const { name } = userReference(context, user)
  return {
    expand: 'attributes',
    ...userReference(context, user),
    ...present({
      'first-name': user.firstName,
      'last-name': user.lastName,
      'display-name': user.displayName,
      email: user.email,
    }),
    password: { link: { ...userLink(context, name, '/password'), rel: 'edit' } },
    key: user.key,
    active: user.active,
    attributes: {
      attributes: wants(expand, 'attributes') ? attributeBeans(context, user, 'user') : [],
      link: userLink(context, name, '/attribute'),
    },
  }
}

export function groupBean(context: Context, group: Team, expand: string) {
  const { name } = groupReference(context, group)
  return {
    expand: 'attributes',
    ...groupReference(context, group),
    ...present({ description: group.description }),
    type: 'GROUP',
    active: group.active,
    attributes: {
      attributes: wants(expand, 'attributes') ? attributeBeans(context, group, 'group') : [],
      link: groupLink(context, name, '/attribute'),
    },
  }
}

export function attributesBean(context: Context, entity: Person | Team, kind: 'user' | 'group') {
  const self = kind === 'user' ? userLink : groupLink
  return {
    attributes: attributeBeans(context, entity, kind),
    link: self(context, shown(context, entity.name), '/attribute'),
  }
}

function attributeBeans(context: Context, { name, attributes }: Person | Team, kind: 'user' | 'group') {
  const self = kind === 'user' ? userLink : groupLink
  const { href } = self(context, shown(context, name), '/attribute')
  return [...attributes].map(([attribute, values]) => ({
    link: link(`${href}&attributename=${encoded(attribute)}`),
    name: attribute,
    values: [...values],
  }))
}

/** Lists of users and of groups tell names only, unless `expand` asks for more (Crowd REST, calls). */
export const usersBean = (call: Call, users: readonly Person[]) => ({
  expand: 'user',
  users: users.map((user) =>
    wants(call.query.expand ?? '', 'user') ? userBean(call, user, call.query.expand ?? '') : userReference(call, user),
  ),
})
export const groupsBean = (call: Call, groups: readonly Team[]) => ({
  expand: 'group',
  groups: groups.map((group) =>
    wants(call.query.expand ?? '', 'group')
      ? groupBean(call, group, call.query.expand ?? '')
      : groupReference(call, group),
  ),
})

const wants = (expand: string, what: string): boolean => expand.split(',').includes(what)

const present = (fields: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
