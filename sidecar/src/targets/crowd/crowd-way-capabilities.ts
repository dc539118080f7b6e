import { type Ability, abilityNames, type Capabilities, type Capability } from '../../planning/capabilities.ts'
import { synchronisationNote } from './crowd-capabilities.ts'

/** What may go through Crowd. Accounts, groups and memberships themselves are the product's own: it has to see them at once. */
export const crowdWayAbilities = [
  'updateUser',
  'renameUser',
  'activateUser',
  'deactivateUser',
  'setAttributes',
  'addChildGroup',
  'removeChildGroup',
] as const satisfies readonly Ability[]
export type CrowdWayAbility = (typeof crowdWayAbilities)[number]

const goesThrough: ReadonlySet<Ability> = new Set(crowdWayAbilities)

const atOnceNote = 'It goes through the user server of the product itself, which sees it at once.'
const leadsNote =
  'By this way the product does not check whether the account leads something: leads are reassigned before.'

const sessionsNote = 'Web sessions with the product itself are not ended.'

const nothingToStandIn: Capability = {
  able: false,
  reason: 'Accounts are deactivated through Crowd, so nothing has to stand in for it.',
}

/**
 * What a product can do with a Crowd beside it. Its own API comes first, always: in Jira a deactivation through Crowd skips
 * the check of leads (Jira REST, leads). `sameServer`: the product serves as Crowd itself.
 */
export function capabilitiesWithCrowd(product: Capabilities, crowd: Capabilities, sameServer: boolean): Capabilities {
  const capability = (ability: Ability): Capability => {
    const own = product.abilities[ability]
    if (ability === 'revokeAccess') return own.able && byCrowd('deactivateUser') ? nothingToStandIn : own
    if (own.able || !goesThrough.has(ability)) return own
    const other = crowd.abilities[ability]
    if (!other.able) return { able: false, reason: `${own.reason} Through Crowd: ${other.reason}` }
    return { able: true, way: 'crowd', note: noteOf(ability) }
  }
  const byCrowd = (ability: CrowdWayAbility) => !product.abilities[ability].able && crowd.abilities[ability].able
  const noteOf = (ability: Ability) => {
    const seen = sameServer ? atOnceNote : synchronisationNote
    if (ability !== 'deactivateUser') return seen
    return [seen, sessionsNote, ...(product.abilities.reassignProjectLead.able ? [leadsNote] : [])].join(' ')
  }
  const abilities = abilityNames.map((ability): [Ability, Capability] => [ability, capability(ability)])
  return { abilities: Object.fromEntries(abilities) as Record<Ability, Capability>, names: product.names }
}
