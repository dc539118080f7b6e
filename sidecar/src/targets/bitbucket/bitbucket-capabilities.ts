import { type Ability, abilityNames, type Capabilities, type Capability } from '../../planning/capabilities.ts'
import { type Inability, inability } from '../data-center/not-able.ts'
import type { VersionCapabilities } from '../data-center/version-capabilities.ts'

const notNested = inability(
  'Bitbucket has no REST call for child groups; members of nested groups are added to the groups above them instead, or give the target a Crowd connection.',
)
const noLeads = inability('Bitbucket has neither projects nor components with leads.')

/** In no release (Bitbucket REST). */
export const never = {
  deactivateUser: inability(
    'Bitbucket has no inactive accounts over REST; the groups that grant a licence are taken away instead and given back later, or give the target a Crowd connection.',
  ),
  activateUser: inability(
    'Bitbucket cannot activate accounts over REST; activate it in the directory that it comes from, or give the target a Crowd connection.',
  ),
  setAttributes: inability(
    'Bitbucket has no REST call for attributes of people; give the target a Crowd connection, which keeps them in the directory.',
  ),
  addChildGroup: notNested,
  removeChildGroup: notNested,
  reassignProjectLead: noLeads,
  reassignComponentLead: noLeads,
} satisfies Partial<Record<Ability, Inability>>

const notes: Partial<Record<Ability, string>> = {
  createUser: 'The account gets a random password that nobody learns, no mail is sent, and it is put into no group.',
  renameUser: 'The address of the personal repositories of the account changes with its name.',
  deleteUser: 'Commits and pull requests keep the display name; personal repositories stay for administrators.',
}

const revokeAccess: Capability = {
  able: true,
  way: 'emulation',
  note: 'Takes away every group that grants a licence; without one nobody can sign in. A global permission that was given to the person directly stays: the check counts those.',
}

/** Every supported release can do the same; only directories take something away: `learnt` knows what. */
export function bitbucketCapabilities(learnt: (ability: Ability) => Capability = () => ({ able: true })): Capabilities {
  const entries = abilityNames.map((ability) => [ability, capabilityOf(ability, learnt)])
  return {
    abilities: Object.fromEntries(entries) as Record<Ability, Capability>,
    // Data Center, names: 255 is the width of the columns [believed], the characters break addresses [believed].
    names: { maxLength: 255, forbiddenInUserName: '/\\;%', userNameCase: 'any', forbiddenInGroupName: '' },
  }
}

function capabilityOf(ability: Ability, learnt: (ability: Ability) => Capability): Capability {
  const impossible: Partial<Record<Ability, Capability>> = never
  if (impossible[ability]) return impossible[ability]
  if (ability === 'revokeAccess') return learnt('removeMember').able ? revokeAccess : learnt('removeMember')
  const capability = learnt(ability)
  const note = notes[ability]
  return capability.able && note !== undefined ? { ...capability, note } : capability
}

/** The releases that this target is made for, as they come. */
export const bitbucketVersions: readonly VersionCapabilities[] = ['8.19', '9.4', '10'].map((version) => ({
  product: 'Bitbucket Data Center',
  version,
  capabilities: bitbucketCapabilities(),
}))
