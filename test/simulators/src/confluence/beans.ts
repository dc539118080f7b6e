import type { Group, User } from '../data-center/user.ts'
import type { Call } from './call.ts'

const picture = {
  path: '/images/icons/profilepics/default.svg',
  width: 48,
  height: 48,
  isDefault: true,
}

/** A user as Confluence tells it: no e-mail, and the status only where it is expanded (Confluence REST). */
export const userBean = ({ base, query }: Pick<Call, 'base' | 'query'>, user: User) => ({
  type: 'known',
  username: user.name,
  userKey: user.key,
  profilePicture: picture,
  displayName: user.displayName,
  ...(expands(query.expand, 'status') ? { status: user.active ? 'current' : 'deactivated' } : {}),
  _links: { self: `${base}/rest/api/user?key=${user.key}` },
  _expandable: expands(query.expand, 'status') ? {} : { status: '' },
})

export const anonymousBean = { type: 'anonymous', profilePicture: picture, displayName: 'Anonymous' }

export const groupBean = ({ base }: Pick<Call, 'base'>, { name }: Group) => ({
  type: 'group',
  name,
  _links: { self: `${base}/rest/api/group/${encodeURIComponent(name)}` },
})

export const expands = (expand: string | undefined, property: string): boolean =>
  expand?.split(',').includes(property) ?? false
