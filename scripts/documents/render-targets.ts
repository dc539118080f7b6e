import {
  type Ability,
  abilityNames,
  type Capabilities,
  type Capability,
} from '../../sidecar/src/planning/capabilities.ts'
import { bitbucketVersions } from '../../sidecar/src/targets/bitbucket/bitbucket-capabilities.ts'
import { confluenceVersions } from '../../sidecar/src/targets/confluence/confluence-capabilities.ts'
import { crowdVersions } from '../../sidecar/src/targets/crowd/crowd-capabilities.ts'
import { capabilitiesWithCrowd } from '../../sidecar/src/targets/crowd/crowd-way-capabilities.ts'
import type { VersionCapabilities } from '../../sidecar/src/targets/data-center/version-capabilities.ts'
import { jiraVersions } from '../../sidecar/src/targets/jira/jira-capabilities.ts'
import { jiraCloudVersions } from '../../sidecar/src/targets/jira-cloud/jira-cloud-capabilities.ts'

/** A column of the capability matrix: what stands in the cells of one release. */
type Column = Pick<VersionCapabilities, 'version' | 'capabilities'>

const as = (product: string, columns: readonly VersionCapabilities[]) =>
  columns.filter((column) => column.product === product)

const crowd = crowdVersions.find(({ product }) => product === 'Crowd Data Center')?.capabilities
const ownServer = crowdVersions.find(({ product }) => product === 'Jira user server')?.capabilities

/** A product with a Crowd beside it; what stays as it is without one is not said again. */
const beside = (columns: readonly VersionCapabilities[], server: Capabilities | undefined, sameServer = false) =>
  columns.map(({ version, capabilities }) => {
    if (!server) throw new Error('No server is known that has the Crowd API.')
    return { version, capabilities: capabilitiesWithCrowd(capabilities, server, sameServer), without: capabilities }
  })

/** The tables of docs/targets.md by name. */
export const targetTables: Readonly<Record<string, readonly (Column & { readonly without?: Capabilities })[]>> = {
  'Jira Data Center': jiraVersions,
  'Jira Data Center with its own user server': beside(jiraVersions, ownServer, true),
  'Confluence Data Center': confluenceVersions,
  'Confluence Data Center with Crowd': beside(confluenceVersions, crowd),
  'Bitbucket Data Center': bitbucketVersions,
  'Bitbucket Data Center with Crowd': beside(bitbucketVersions, crowd),
  'Crowd Data Center': as('Crowd Data Center', crowdVersions),
  'Jira user server': as('Jira user server', crowdVersions),
  'Jira Cloud': jiraCloudVersions,
}

/** One row for each operation and each answer to it, naming the releases that give it. */
export function renderTargets(name: string): string {
  const columns = targetTables[name]
  if (columns === undefined) throw new Error(`There is no table of what ${name} can do.`)
  const rows = abilityNames.flatMap((ability) => rowsOf(ability, columns))
  const versions = `Versions: ${columns.map(({ version }) => version).join(', ')}.\n`
  return [versions, '| Operation | Versions | Way | Reason or note |', '|---|---|---|---|', ...rows].join('\n')
}

function rowsOf(ability: Ability, columns: (typeof targetTables)[string]): string[] {
  const told = columns.filter(({ capabilities, without }) => {
    const now = cellsOf(capabilities.abilities[ability])
    return without === undefined || now !== cellsOf(without.abilities[ability])
  })
  const byAnswer = Map.groupBy(told, ({ capabilities }) => cellsOf(capabilities.abilities[ability]))
  return [...byAnswer].map(([cells, same]) => {
    const versions = same.length === columns.length ? 'all' : same.map(({ version }) => version).join(', ')
    return `| \`${ability}\` | ${versions} | ${cells} |`
  })
}

const ways = {
  rest: 'REST',
  crowd: 'Crowd',
  organization: 'organization API',
  emulation: 'stand-in',
} as const

const noUndo = ({ irreversible }: Extract<Capability, { able: true }>) =>
  irreversible === undefined ? undefined : `No undo takes it back: ${irreversible}`

function cellsOf(capability: Capability): string {
  const [way, text = ''] = capability.able
    ? [ways[capability.way ?? 'rest'], [capability.note, noUndo(capability)].filter(Boolean).join(' ')]
    : ['**no**', capability.reason]
  return `${way} | ${text.replaceAll('|', '\\|')}`
}
