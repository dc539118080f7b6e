import { ok } from '../data-center/answer.ts'
import type { Handler, OpenHandler } from './call.ts'

const serverId = 'B1TB-UCK3-TD4T-AC3N'
const day = 86_400_000

/** Without signing in (Bitbucket REST, server). */
export const applicationProperties: OpenHandler = ({ bitbucket: { release, settings } }) =>
  ok({
    version: release.number,
    buildNumber: release.buildNumber,
    buildDate: '1736899200000',
    displayName: settings.displayName,
  })

/** Who is calling, as text; nothing where nobody is [believed] (Bitbucket REST, server). */
export const whoAmI: OpenHandler = ({ who }) => ({
  status: 200,
  text: { type: 'text/plain;charset=UTF-8', content: who.kind === 'user' ? who.user.name : '' },
})

export const getLicence: Handler = ({ bitbucket: { settings, permissions, now } }) =>
  ok({
    creationDate: now() - 100 * day,
    purchaseDate: now() - 100 * day,
    expiryDate: now() + 265 * day,
    maintenanceExpiryDate: now() + 265 * day,
    numberOfDaysBeforeExpiry: 265,
    maximumNumberOfUsers: settings.seats ?? -1,
    unlimitedNumberOfUsers: settings.seats === undefined,
    serverId,
    status: { serverId, currentNumberOfUsers: permissions.seatTakers().size },
  })

const directoryTypes = {
  INTERNAL: 'Internal',
  DELEGATING: 'Delegated LDAP',
  CONNECTOR: 'LDAP',
  CROWD: 'Crowd',
} as const

/** No ids, and no promise about the order (Bitbucket REST, groups). */
export const listDirectories: Handler = ({ bitbucket: { directories } }) =>
  ok(
    directories
      .map(({ name, kind }) => ({ name, type: directoryTypes[kind], description: name, active: true }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
  )
