import { type Ability, abilityNames, type Capabilities, type Capability } from '../../planning/capabilities.ts'
import type { VersionCapabilities } from '../data-center/version-capabilities.ts'

/** What decides what a site can do. */
export interface CloudWays {
  /** The target has the API key of the organization. */
  readonly organization: boolean
  /** Accounts are deleted by the organization instead of removed from the site. */
  readonly deleteAccounts: boolean
}

const rest = (note: string) => ({ able: true, way: 'rest', note }) as const satisfies Capability
const managed = (note: string) =>
  ({
    able: true,
    way: 'organization',
    note: `Only for managed accounts, whose domain the organization has verified. ${note}`,
  }) as const satisfies Capability
const unable = (reason: string): Capability => ({ able: false, reason })

const needsKey = (what: string) =>
  unable(
    `The API of Jira Cloud has no call to ${what}. Give the target the API key of the organization, which does so for managed accounts, or do it at admin.atlassian.com.`,
  )

const groupNote = 'Needs site administration; groups that another directory provisions refuse it.'
const notNested = unable('Jira Cloud has no nested groups; their members are added to the groups above them instead.')

/** Jira Cloud REST. */
const always: Partial<Record<Ability, Capability>> = {
  createUser: rest(
    'Our account has to be an organization admin. People without an Atlassian account get an invitation from Atlassian, which cannot be suppressed. No product access is given.',
  ),
  renameUser: unable('Accounts of Jira Cloud have no user name; they are known by their e-mail address.'),
  setAttributes: rest('Stored as a property of the user, at most 32,768 bytes; profiles do not show it.'),
  createGroup: rest(groupNote),
  deleteGroup: rest(groupNote),
  addMember: rest(groupNote),
  removeMember: rest(groupNote),
  addChildGroup: notNested,
  removeChildGroup: notNested,
  reassignProjectLead: rest('Archived projects are not seen.'),
  reassignComponentLead: rest('Archived projects are not seen.'),
}

const byOrganization: Partial<Record<Ability, Capability>> = {
  updateUser: managed('A new e-mail address ends the sessions of the person.'),
  activateUser: managed('It holds for every Atlassian product.'),
  deactivateUser: managed(
    'It holds for every Atlassian product, and frees their seats. Atlassian ends web sessions itself; no call says when.',
  ),
  revokeAccess: unable('The organization deactivates accounts, so nothing has to stand in for it.'),
}

const bySite: Partial<Record<Ability, Capability>> = {
  updateUser: needsKey('change an e-mail address or name'),
  activateUser: needsKey('activate an account'),
  deactivateUser: needsKey('deactivate an account'),
  revokeAccess: {
    able: true,
    way: 'emulation',
    note: 'Every group that gives access to a product is taken away; the Atlassian account stays active.',
  },
}

/** `POST /user` refuses whoever has an Atlassian account without access (Jira Cloud REST). */
const deletion = ({ organization, deleteAccounts }: CloudWays): Capability =>
  organization && deleteAccounts
    ? {
        ...managed(
          'The Atlassian account is deleted in every product, 14 days later; until then it can be taken back.',
        ),
        irreversible: 'Only an administrator of the organization can cancel the deletion, within 14 days.',
      }
    : {
        ...rest('Needs site administration. The account is removed from this site; the Atlassian account stays.'),
        irreversible:
          'Jira Cloud has no call that lets an existing Atlassian account into the site again; invite the person.',
      }

/** What a site can do by the ways that it has, with what it has refused so far. */
export function jiraCloudCapabilities(
  ways: CloudWays,
  learnt: (ability: Ability) => Capability = () => ({ able: true }),
): Capabilities {
  const possible = { ...always, ...(ways.organization ? byOrganization : bySite), deleteUser: deletion(ways) }
  const abilities = abilityNames.map((ability): [Ability, Capability] => {
    const capability = possible[ability] ?? { able: true }
    const now = learnt(ability)
    return [ability, capability.able && !now.able ? now : capability]
  })
  return {
    abilities: Object.fromEntries(abilities) as Record<Ability, Capability>,
    names: {
      maxLength: 255,
      forbiddenInUserName: '',
      userNameCase: 'any',
      forbiddenInGroupName: '',
      userNameIs: 'email',
    },
  }
}

/** The ways to connect a site, as they come. */
export const jiraCloudVersions: readonly VersionCapabilities[] = [
  { version: 'site', ways: { organization: false, deleteAccounts: false } },
  { version: 'site and organization', ways: { organization: true, deleteAccounts: false } },
].map(({ version, ways }) => ({ product: 'Jira Cloud', version, capabilities: jiraCloudCapabilities(ways) }))
