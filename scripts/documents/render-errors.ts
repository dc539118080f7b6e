import type { ProblemDefinition } from '../../sidecar/src/problem/problem.ts'
import { collectProblems } from './problem-catalogue.ts'

/** What administrators call the places where problems are defined; a folder without a title has that of its parent. */
const titles: Readonly<Record<string, string>> = {
  access: 'Signing in',
  audit: 'The record of who changed what',
  cli: 'The command line',
  connections: 'Connections and their configuration',
  http: 'The admin API',
  outgoing: 'Reaching other systems',
  planning: 'Policies',
  runs: 'Runs and plans',
  scim: 'Identity providers that push (SCIM)',
  'service-settings': 'The service',
  service: 'The service',
  sources: 'Identity providers',
  'sources/graph': 'Microsoft Entra ID',
  'sources/ldap': 'LDAP directories',
  state: 'The store',
  'state/scim': 'Identity providers that push (SCIM)',
  store: 'The store',
  targets: 'Targets',
  'targets/bitbucket': 'Bitbucket Data Center',
  'targets/confluence': 'Confluence Data Center',
  'targets/crowd': 'Crowd',
  'targets/jira': 'Jira Data Center',
  'targets/jira-cloud': 'Jira Cloud',
  watch: 'Notices',
}

/** Headings are the codes alone, so that the anchor of an error is its code. */
export async function renderErrors(): Promise<string> {
  const groups = await collectProblems()
  const sections = Map.groupBy(groups, ({ capability }) => titleOf(capability))
  return [...sections]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(
      ([title, found]) => `## ${title}\n\n${found.flatMap(({ problems }) => problems.map(renderProblem)).join('\n')}`,
    )
    .join('\n')
}

function titleOf(capability: string): string {
  const title = titles[capability]
  if (title !== undefined) return title
  if (!capability.includes('/')) throw new Error(`Give the problems of ${capability} a title in render-errors.ts.`)
  return titleOf(capability.replace(/\/[^/]+$/, ''))
}

const renderProblem = ({ code, status, meaning, remedy }: ProblemDefinition) =>
  `### ${code}\n\n${meaning}\n\n*What to do:* ${remedy} *(HTTP status ${status})*\n`
