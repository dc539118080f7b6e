import { Configuration, ConnectionEntry, TargetEntry } from '../../sidecar/contract/src/configuration.ts'
import { GroupPolicy, GuardPolicy, UserPolicy } from '../../sidecar/contract/src/policy.ts'
import { GraphSettings } from '../../sidecar/src/sources/graph/graph-settings.ts'
import { LdapSettings } from '../../sidecar/src/sources/ldap/ldap-settings.ts'
import { BitbucketSettings } from '../../sidecar/src/targets/bitbucket/bitbucket-settings.ts'
import { ConfluenceSettings } from '../../sidecar/src/targets/confluence/confluence-settings.ts'
import { CrowdConnection } from '../../sidecar/src/targets/crowd/crowd-settings.ts'
import { JiraSettings } from '../../sidecar/src/targets/jira/jira-settings.ts'
import { JiraCloudSettings } from '../../sidecar/src/targets/jira-cloud/jira-cloud-settings.ts'
import { type SchemaRow, type Shape, schemaRows } from './schema-rows.ts'

interface KeyTable {
  readonly schema: Shape
  readonly elsewhere?: readonly string[]
}

/** The tables of docs/configuration.md. */
export const keyTables: Readonly<Record<string, KeyTable>> = {
  file: { schema: Configuration, elsewhere: ['targets[]', 'connections[]'] },
  target: { schema: TargetEntry },
  connection: {
    schema: ConnectionEntry,
    elsewhere: ['policies[].users', 'policies[].groups', 'policies[].guard'],
  },
  users: { schema: UserPolicy },
  groups: { schema: { properties: { groups: GroupPolicy } } },
  guard: { schema: GuardPolicy },
  entra: { schema: GraphSettings },
  ldap: { schema: LdapSettings },
  jira: { schema: JiraSettings, elsewhere: ['crowd'] },
  confluence: { schema: ConfluenceSettings, elsewhere: ['crowd'] },
  bitbucket: { schema: BitbucketSettings, elsewhere: ['crowd'] },
  crowd: { schema: CrowdConnection },
  jiraCloud: { schema: JiraCloudSettings },
}

export function renderKeys(name: string): string {
  const table = keyTables[name]
  if (table === undefined) throw new Error(`There is no table of keys called ${name}.`)
  const rows = schemaRows(table.schema, table.elsewhere)
  return ['| Key | Value | Default | Meaning |', '|---|---|---|---|', ...rows.map(renderRow)].join('\n')
}

const renderRow = (row: SchemaRow) => `| \`${row.key}\` | ${row.type} | ${fallbackOf(row)} | ${meaningOf(row)} |`

function fallbackOf({ required, fallback }: SchemaRow): string {
  if (required) return '**required**'
  if (fallback === undefined || isEmptyObject(fallback)) return ''
  return `\`${typeof fallback === 'string' ? fallback : JSON.stringify(fallback)}\``
}

const isEmptyObject = (value: unknown) => JSON.stringify(value) === '{}'

const meaningOf = ({ only, meaning, secret }: SchemaRow) =>
  [only && `With \`${only}\`:`, meaning, secret && '**Secret:** a reference.']
    .filter(Boolean)
    .join(' ')
    .replaceAll('|', '\\|')
