import { type Command, Option } from 'commander'
import { admin, createJira } from './create-jira.ts'
import { startJiraSimulator } from './jira-simulator.ts'
import { type JiraVersion, jiraVersions } from './jira-version.ts'

interface JiraCommandOptions {
  port: number
  release: JiraVersion
  users: number
  groups: number
  memberships?: number
  seed: number
  latency: number
  contextPath: string
}

/** `simulate jira …`: a Jira of any size that every client can be pointed at. */
export function addJiraCommand(program: Command): void {
  program
    .command('jira')
    .description('a simulated Jira Data Center on loopback')
    .option('--port <number>', 'port to listen on', Number, 8080)
    .addOption(new Option('--release <release>', 'which Jira').choices(jiraVersions).default('10.3-late'))
    .option('--users <number>', 'people to make up', Number, 100)
    .option('--groups <number>', 'groups to make up', Number, 20)
    .option('--memberships <number>', 'memberships to make up; ten for each user without it', Number)
    .option('--seed <number>', 'the same seed makes the same Jira', Number, 1)
    .option('--latency <ms>', 'how long every answer takes', Number, 0)
    .option('--context-path <path>', 'such as /jira', '')
    .action(run)
}

async function run(options: JiraCommandOptions): Promise<void> {
  const { release, users, groups, memberships, seed, port, latency, contextPath } = options
  const size = { users, groups, seed, ...(memberships !== undefined && { memberships }) }
  const jira = createJira({ version: release, ...size })
  const { url } = await startJiraSimulator({ jira, port, latencyMs: latency, contextPath })
  console.log(`Jira ${jira.features.number} at ${url}`)
  console.log(`Administrator: ${admin.name} / ${admin.password}, or the token ${admin.token}`)
}
