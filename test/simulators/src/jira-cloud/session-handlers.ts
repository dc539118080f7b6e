import { type Answer, ok } from '../data-center/answer.ts'
import { refuse } from './answer.ts'
import { expandedUserBean } from './beans.ts'
import type { Call, Handler } from './call.ts'

export const myself: Handler = (call) => ok(expandedUserBean(call, call.caller, call.query.expand ?? ''))

/** Anonymous (Jira Cloud REST). */
export const serverInfo = ({ cloud, base }: Pick<Call, 'cloud' | 'base'>): Answer =>
  ok({
    baseUrl: base,
    version: '1001.0.0-SNAPSHOT',
    versionNumbers: [1001, 0, 0],
    deploymentType: 'Cloud',
    buildNumber: 100241,
    serverTime: new Date(cloud.now()).toISOString().replace('Z', '+0000'),
    serverTitle: cloud.settings.serverTitle,
  })

/** `permissions` is required, and each must be known (7). */
export const myPermissions: Handler = (call) => {
  const asked = (call.query.permissions ?? '').split(',').filter((key) => key !== '')
  const unknown = asked.filter((key) => !(key in globalPermissions))
  if (asked.length === 0) return refuse(400, 'The permissions query parameter is required.')
  if (unknown.length > 0) return refuse(400, `Unrecognized permission: ${unknown.join(', ')}`)
  const permissions = asked.map((key) => [
    key,
    {
      id: String(Object.keys(globalPermissions).indexOf(key)),
      key,
      name: key,
      type: 'GLOBAL',
      havePermission: has(call, key),
    },
  ])
  return ok({ permissions: Object.fromEntries(permissions) })
}

export const checkPermissions: Handler = (call) => {
  const asked = (call.body.globalPermissions ?? []) as readonly string[]
  const unknown = asked.find((key) => !(key in globalPermissions))
  if (unknown !== undefined) return refuse(400, `Unrecognized permission: ${unknown}`)
  return ok({ projectPermissions: [], globalPermissions: asked.filter((key) => has(call, key)) })
}

/** SYSTEM_ADMIN is the vendor's own. */
const globalPermissions = {
  ADMINISTER: ({ cloud, caller }: Call) => cloud.isAdmin(caller),
  SYSTEM_ADMIN: () => false,
  USER_PICKER: ({ cloud, caller }: Call) => cloud.mayBrowse(caller),
}

const has = (call: Call, key: string): boolean => globalPermissions[key as keyof typeof globalPermissions](call)
