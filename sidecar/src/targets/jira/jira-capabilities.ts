import { type Ability, abilityNames, type Capabilities, type Capability } from '../../planning/capabilities.ts'
import { inability } from '../data-center/not-able.ts'
import type { VersionCapabilities } from '../data-center/version-capabilities.ts'

const notNested = inability(
  'Jira has no REST call for child groups; members of nested groups are added to the groups above them instead, or give the target a Crowd connection.',
)

/** In no release; everything else is possible in every release from 8.3 on. */
const never: Partial<Record<Ability, Capability>> = {
  addChildGroup: notNested,
  removeChildGroup: notNested,
  revokeAccess: inability('Jira deactivates accounts, so nothing has to stand in for it.'),
}

const notes: Partial<Record<Ability, string>> = {
  createUser: 'No mail is sent, no application access is given, and Jira chooses the password.',
  deactivateUser:
    'Web sessions end, too, but for user names with / or a backslash. Jira refuses it for leads of projects and components: those are reassigned before.',
  deleteUser: 'Jira refuses it while issues, comments or the like refer to the account.',
  setAttributes: 'Stored as one entity property of the person, which apps and automation read.',
}

/** Only directories take away what the release can do: `learnt` knows which. */
export function jiraCapabilities(learnt: (ability: Ability) => Capability = () => ({ able: true })): Capabilities {
  const entries = abilityNames.map((ability): [Ability, Capability] => [ability, capabilityOf(ability, learnt)])
  return {
    abilities: Object.fromEntries(entries) as Record<Ability, Capability>,
    // Data Center, names: 255 is the width of the columns [believed], the characters are those of Jira's own test.
    names: { maxLength: 255, forbiddenInUserName: '<>&', userNameCase: 'lower', forbiddenInGroupName: '' },
  }
}

function capabilityOf(ability: Ability, learnt: (ability: Ability) => Capability): Capability {
  const capability = never[ability] ?? learnt(ability)
  const note = notes[ability]
  return capability.able && note !== undefined ? { ...capability, note } : capability
}

/** The releases that this target is made for, as they come. */
export const jiraVersions: readonly VersionCapabilities[] = ['9.12', '10.3', '11'].map((version) => ({
  product: 'Jira Data Center',
  version,
  capabilities: jiraCapabilities(),
}))
