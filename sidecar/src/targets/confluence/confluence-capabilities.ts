import { type Ability, abilityNames, type Capabilities, type Capability } from '../../planning/capabilities.ts'
import { type Inability, inability } from '../data-center/not-able.ts'
import type { VersionCapabilities } from '../data-center/version-capabilities.ts'
import { forbiddenInPaths } from './path-name.ts'
import type { ConfluenceProbes } from './probe-confluence.ts'

const notNested = inability(
  'Confluence shows nested groups and has no REST call that changes them; members of nested groups are added to the groups above them instead, or give the target a Crowd connection.',
)
const noLeads = inability('Confluence has neither projects nor components that somebody could lead.')

/** In no release (Confluence REST, releases). */
export const never = {
  renameUser: inability(
    'No release of Confluence has a REST call that renames an account; rename it under User management, or give the target a Crowd connection.',
  ),
  setAttributes: inability(
    'Confluence has no REST call for attributes of people; give the target a Crowd connection, which keeps them in the directory.',
  ),
  addChildGroup: notNested,
  removeChildGroup: notNested,
  revokeAccess: inability('Confluence disables accounts, so nothing has to stand in for it.'),
  reassignProjectLead: noLeads,
  reassignComponentLead: noLeads,
} satisfies Partial<Record<Ability, Inability>>

/** Before 9.3. */
export const noUpdates = inability(
  'This release of Confluence has no REST call that changes full names or e-mails (9.3 and later have); update Confluence, or give the target a Crowd connection.',
)

const notes: Partial<Record<Ability, string>> = {
  createUser:
    'The account gets a random password that nobody learns and no mail is sent. Confluence puts new accounts into its default group, from which they are taken at once.',
  deactivateUser: 'Confluence has no REST call that ends web sessions.',
  deleteUser: 'Confluence deletes in the background; Rollcall waits for the end, at most ten minutes.',
}

const blind =
  'This release shows no e-mails over REST, so nobody sees whether an address was changed in Confluence itself.'
const partlyBlind =
  'E-mails come from the search index of active people; those of disabled ones, or while it is rebuilt, are not seen.'

/** Only directories take away what the release can do: `learnt` knows which. */
export function confluenceCapabilities(
  probes: ConfluenceProbes,
  learnt: (ability: Ability) => Capability = () => ({ able: true }),
): Capabilities {
  const entries = abilityNames.map((ability) => [ability, capabilityOf(ability, probes, learnt)])
  return {
    abilities: Object.fromEntries(entries) as Record<Ability, Capability>,
    // Data Center, names: 255 is the width of the columns [believed]; user names as creation takes and addresses carry them.
    names: {
      maxLength: 255,
      forbiddenInUserName: ` \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000,+<>'"${forbiddenInPaths}`,
      userNameCase: 'lower',
      forbiddenInGroupName: forbiddenInPaths,
      reservedUserNames: ['anonymous'],
    },
  }
}

function capabilityOf(
  ability: Ability,
  probes: ConfluenceProbes,
  learnt: (ability: Ability) => Capability,
): Capability {
  const impossible: Partial<Record<Ability, Capability>> = never
  if (impossible[ability]) return impossible[ability]
  if (ability === 'updateUser' && !probes.updates) return noUpdates
  const capability = learnt(ability)
  const note = ability === 'updateUser' ? (probes.emails ? partlyBlind : blind) : notes[ability]
  return capability.able && note !== undefined ? { ...capability, note } : capability
}

/** The releases that this target is made for, as they come. */
export const confluenceVersions: readonly VersionCapabilities[] = [
  { version: '8.5', updates: false, emails: false },
  { version: '9.2', updates: false, emails: false },
  { version: '10.0', updates: true, emails: false },
  { version: '10.2', updates: true, emails: true },
].map(({ version, ...probes }) => ({
  product: 'Confluence Data Center',
  version,
  capabilities: confluenceCapabilities(probes),
}))
