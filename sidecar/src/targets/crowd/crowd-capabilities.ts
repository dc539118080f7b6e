import { type Ability, abilityNames, type Capabilities, type Capability } from '../../planning/capabilities.ts'
import type { VersionCapabilities } from '../data-center/version-capabilities.ts'
import type { CrowdServer } from './crowd-server.ts'

const noLeads: Capability = { able: false, reason: 'Crowd knows no projects; give Jira itself a target.' }

const never: Partial<Record<Ability, Capability>> = {
  revokeAccess: { able: false, reason: 'Crowd deactivates accounts, so nothing has to stand in for it.' },
  reassignProjectLead: noLeads,
  reassignComponentLead: noLeads,
}

const keylessRename: Capability = {
  able: false,
  reason:
    'This server gives users no key of their own, so a renamed account could not be told from another. Update Crowd, or rename there and adopt the account anew.',
}

/** Jira REST, leads: the check lives in another part of Jira. */
const skipsLeads: Capability = {
  able: true,
  way: 'crowd',
  note: 'By this way Jira does not check whether the account leads projects or components. Its web sessions with Jira are not ended.',
}

const otherDirectories: Capability = {
  able: true,
  way: 'crowd',
  note: 'Crowd creates the group in every directory of the application that permits it.',
}

/** Products read a Crowd now and then; a Jira that serves as one is changed itself. */
export const synchronisationNote =
  'Products that use this directory see it after their next directory synchronisation, by default within 60 minutes.'

/** Crowd REST, calls: single sign-on is the session of Crowd; a product may keep one of its own beside it. */
const endsSessions: Capability = {
  able: true,
  way: 'crowd',
  note: `${synchronisationNote} Sessions of Crowd's single sign-on end at once.`,
}

/** What one server can do, with what it has refused so far. */
export function crowdCapabilities(
  { product, keyless }: Pick<CrowdServer, 'product' | 'keyless'>,
  learnt: (ability: Ability) => Capability = () => ({ able: true }),
): Capabilities {
  const capability = (ability: Ability): Capability => {
    const now = never[ability] ?? (ability === 'renameUser' && keyless ? keylessRename : learnt(ability))
    if (!now.able) return now
    if (ability === 'deactivateUser' && product === 'jira') return skipsLeads
    if (ability === 'deactivateUser') return endsSessions
    if (ability === 'createGroup' && product === 'crowd') return otherDirectories
    return product === 'crowd' ? { able: true, way: 'crowd', note: synchronisationNote } : { able: true, way: 'crowd' }
  }
  return {
    abilities: Object.fromEntries(abilityNames.map((ability) => [ability, capability(ability)])) as Record<
      Ability,
      Capability
    >,
    // Data Center, names: 255 is the width of the columns [believed]; names are query parameters, so any letter passes.
    names: {
      maxLength: 255,
      forbiddenInUserName: product === 'jira' ? '<>&' : '',
      userNameCase: 'any',
      forbiddenInGroupName: '',
    },
  }
}

/** The servers that this target is made for, as they come. */
export const crowdVersions: readonly VersionCapabilities[] = [
  ...['5.3', '6.3', '7.0'].map((version) => ({
    product: 'Crowd Data Center',
    version,
    capabilities: crowdCapabilities({ product: 'crowd', keyless: false }),
  })),
  ...['9.12', '10.3', '11'].map((version) => ({
    product: 'Jira user server',
    version,
    capabilities: crowdCapabilities({ product: 'jira', keyless: false }),
  })),
]
