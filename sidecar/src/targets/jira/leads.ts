import { assertNever } from '../../identity/assert-never.ts'
import type { AccountKey } from '../../identity/ids.ts'
import type { LedThing } from '../../planning/plan-leads.ts'
import { inParallel } from '../data-center/in-parallel.ts'
import type { ProductAnswer } from '../data-center/product-answer.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { WriteFailure } from '../data-center/write-failure.ts'
import type { TargetError } from '../target-error.ts'
import { saysMissing } from './find-account.ts'
import { productMessage, unexplained } from './jira-failure.ts'
import { jiraProblems } from './jira-problems.ts'
import { accountOf, listOf, recordOf, textOf } from './jira-wire.ts'

const projectsAtOnce = 8

interface Project {
  readonly key: string
  readonly name: string
  readonly lead: AccountKey | undefined
}

/**
 * Leads of all projects that our account can browse, archived ones too, and of their components (Jira REST, leads:
 * neither can be filtered by lead). A lead of a project that we cannot see shows itself when Jira refuses to deactivate.
 */
export async function readLeads(client: ProductClient, signal: AbortSignal): Promise<readonly LedThing[]> {
  const answer = await client.get('/api/2/project', { expand: 'lead', includeArchived: true }, signal)
  if (answer.status !== 200) throw unexplained(answer, 'listing projects')
  const projects = listOf(answer.body, 'a list of projects').map(projectOf)
  const leads: LedThing[] = projects.flatMap((project) => leadOfProject(project))
  const read = (project: Project, both: AbortSignal) => readComponentLeads(client, project, both)
  for await (const found of inParallel(projects, projectsAtOnce, read, signal)) leads.push(...found)
  return leads
}

function projectOf(value: unknown): Project {
  const { key, name, lead } = recordOf(value, 'a project')
  const projectKey = textOf(key, 'a project with a key')
  return { key: projectKey, name: typeof name === 'string' ? name : projectKey, lead: leadKeyOf(lead) }
}

const leadKeyOf = (lead: unknown): AccountKey | undefined =>
  lead === undefined || lead === null ? undefined : accountOf(lead).key

const leadOfProject = ({ key, name, lead }: Project): readonly LedThing[] =>
  lead === undefined ? [] : [{ kind: 'project', lead, projectKey: key, projectName: name }]

/** A project that went away in between has no leads. */
async function readComponentLeads(
  client: ProductClient,
  project: Project,
  signal: AbortSignal,
): Promise<readonly LedThing[]> {
  const path = `/api/2/project/${encodeURIComponent(project.key)}/components`
  const answer = await client.get(path, {}, signal)
  if (answer.status === 404 && saysMissing(answer.body)) return []
  if (answer.status !== 200) throw unexplained(answer, 'listing components')
  return listOf(answer.body, 'a list of components').flatMap((value): LedThing[] => {
    const { id, name, lead } = recordOf(value, 'a component')
    const key = leadKeyOf(lead)
    if (key === undefined) return []
    const componentId = textOf(id, 'a component with an id')
    const componentName = typeof name === 'string' ? name : componentId
    return [{ kind: 'component', lead: key, projectKey: project.key, componentId, componentName }]
  })
}

/** The new lead is given by user name, not by key (Jira REST, leads). Once more does no harm. */
export async function reassignLead(
  client: ProductClient,
  writeFailure: WriteFailure,
  lead: LedThing,
  newLeadName: string,
  signal: AbortSignal,
): Promise<void> {
  const answer = await putLead(client, lead, newLeadName, signal)
  if (answer.status < 300) return
  throw (
    leadFailure(answer, lead, newLeadName) ??
    (await writeFailure({ answer, ability: abilityOf(lead), doing: `a new ${lead.kind} lead` }, signal))
  )
}

function putLead(client: ProductClient, lead: LedThing, name: string, signal: AbortSignal): Promise<ProductAnswer> {
  switch (lead.kind) {
    case 'project':
      return client.put(`/api/2/project/${encodeURIComponent(lead.projectKey)}`, { body: { lead: name } }, signal)
    case 'component':
      return client.put(
        `/api/2/component/${encodeURIComponent(lead.componentId)}`,
        { body: { leadUserName: name } },
        signal,
      )
    default:
      return assertNever(lead)
  }
}

const abilityOf = (lead: LedThing) => (lead.kind === 'project' ? 'reassignProjectLead' : 'reassignComponentLead')

function leadFailure(answer: ProductAnswer, lead: LedThing, newLeadName: string): TargetError | undefined {
  const { text, fields } = productMessage(answer.body)
  const what = lead.kind === 'project' ? `project ${lead.projectKey}` : `component ${lead.componentName}`
  const locked = [403, 404].includes(answer.status) || /archived/i.test(text)
  if (locked) return refusal(jiraProblems.jira_project_locked, `Jira does not let us change the ${what}.`)
  const aboutLead = fields.some((field) => /lead/i.test(field)) || /lead|user/i.test(text)
  if (!aboutLead) return undefined
  return refusal(jiraProblems.jira_new_lead_refused, `Jira does not accept ${newLeadName} as lead of the ${what}.`)
}
