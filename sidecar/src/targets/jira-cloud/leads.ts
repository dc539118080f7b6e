import { assertNever } from '../../identity/assert-never.ts'
import type { AccountKey } from '../../identity/ids.ts'
import type { LedThing } from '../../planning/plan-leads.ts'
import { inParallel } from '../data-center/in-parallel.ts'
import type { ProductAnswer } from '../data-center/product-answer.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { TargetError } from '../target-error.ts'
import type { CloudWriting } from './account-writes.ts'
import { jiraCloudProblems } from './jira-cloud-problems.ts'
import { jiraCloud, jiraCloudFailures, saysMissing } from './jira-cloud-product.ts'
import { listOf, recordOf, textOf } from './jira-cloud-wire.ts'
import { readPages } from './read-pages.ts'

const projectsAtOnce = 8
/** The most that one page holds (Jira Cloud REST). */
const pageSize = 100

interface Project {
  readonly key: string
  readonly name: string
  readonly lead: AccountKey | undefined
}

/** Leads of all projects that our account can see, and of their components: neither can be filtered by lead. */
export async function readLeads(client: ProductClient, signal: AbortSignal): Promise<readonly LedThing[]> {
  const reading = { path: '/api/3/project/search', parameters: { expand: 'lead' }, pageSize, doing: 'listing projects' }
  const projects = ((await readPages(client, reading, (value) => projectOf(value).key, signal)) ?? []).map(projectOf)
  const leads: LedThing[] = projects.flatMap(({ key, name, lead }) =>
    lead === undefined ? [] : [{ kind: 'project', lead, projectKey: key, projectName: name }],
  )
  const read = (project: Project, both: AbortSignal) => readComponentLeads(client, project, both)
  for await (const found of inParallel(projects, projectsAtOnce, read, signal)) leads.push(...found)
  return leads
}

function projectOf(value: unknown): Project {
  const { key, name, lead } = recordOf(value, 'a project')
  const projectKey = textOf(key, 'a project with a key')
  return { key: projectKey, name: typeof name === 'string' ? name : projectKey, lead: leadOf(lead) }
}

const leadOf = (lead: unknown): AccountKey | undefined =>
  lead === undefined || lead === null
    ? undefined
    : (textOf(recordOf(lead, 'a lead').accountId, 'a lead with an account id') as AccountKey)

/** A project that went away in between has no leads. */
async function readComponentLeads(
  client: ProductClient,
  { key }: Project,
  signal: AbortSignal,
): Promise<readonly LedThing[]> {
  const answer = await client.get(`/api/3/project/${encodeURIComponent(key)}/components`, {}, signal)
  if (saysMissing(answer)) return []
  if (answer.status !== 200) throw jiraCloudFailures.unexplained(answer, 'listing components')
  return listOf(answer.body, 'a list of components').flatMap((value): LedThing[] => {
    const { id, name, lead: leader } = recordOf(value, 'a component')
    const lead = leadOf(leader)
    if (lead === undefined) return []
    const componentId = textOf(id, 'a component with an id')
    const componentName = typeof name === 'string' ? name : componentId
    return [{ kind: 'component', lead, projectKey: key, componentId, componentName }]
  })
}

/** The new lead is named as accounts are, by e-mail address or id, and given by id. Once more does no harm. */
export async function reassignLead(
  { client, failure, finder }: CloudWriting,
  lead: LedThing,
  newLeadName: string,
  signal: AbortSignal,
): Promise<void> {
  const account = await finder.find({ name: newLeadName }, signal)
  if (!account) throw newLeadRefused(lead)
  const answer = await putLead(client, lead, account.key, signal)
  if (answer.status < 300) return
  const ability = lead.kind === 'project' ? 'reassignProjectLead' : 'reassignComponentLead'
  throw leadFailure(answer, lead) ?? (await failure({ answer, ability, doing: `a new ${lead.kind} lead` }, signal))
}

function putLead(
  client: ProductClient,
  lead: LedThing,
  leadAccountId: AccountKey,
  signal: AbortSignal,
): Promise<ProductAnswer> {
  const call = { body: { leadAccountId } }
  switch (lead.kind) {
    case 'project':
      return client.put(`/api/3/project/${encodeURIComponent(lead.projectKey)}`, call, signal)
    case 'component':
      return client.put(`/api/3/component/${encodeURIComponent(lead.componentId)}`, call, signal)
    default:
      return assertNever(lead)
  }
}

const nameOf = (lead: LedThing) =>
  lead.kind === 'project' ? `project ${lead.projectKey}` : `component ${lead.componentName}`

function leadFailure(answer: ProductAnswer, lead: LedThing): TargetError | undefined {
  const { text, fields } = jiraCloud.messageOf(answer.body)
  if ([403, 404].includes(answer.status) || /archived/i.test(text)) {
    return refusal(
      jiraCloudProblems.jira_cloud_project_locked,
      `Jira Cloud does not let us change the ${nameOf(lead)}.`,
    )
  }
  return fields.some((field) => /lead/i.test(field)) || /lead|user/i.test(text) ? newLeadRefused(lead) : undefined
}

const newLeadRefused = (lead: LedThing) =>
  refusal(
    jiraCloudProblems.jira_cloud_new_lead_refused,
    `Jira Cloud does not accept the new lead of the ${nameOf(lead)}.`,
  )
