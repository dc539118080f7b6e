import { type Answer, ok } from '../data-center/answer.ts'
import type { Account } from './account.ts'
import { isActive } from './account.ts'
import { refuse, refuseFields } from './answer.ts'
import { userBean } from './beans.ts'
import type { Call, Handler } from './call.ts'
import { pageBean, sliceOf } from './page-of.ts'
import type { CloudComponent, CloudProject } from './projects.ts'

/** At most a hundred a page; there is no filter by lead, and the lead is told where it is asked for (Jira Cloud REST). */
export const searchProjects: Handler = (call) => {
  const { query, repeated, cloud } = call
  const [ids, keys, wanted] = [repeated('id'), repeated('keys'), (query.query ?? '').toLowerCase()]
  const statuses = repeated('status')
  const found = cloud.projects
    .all()
    .filter(({ archived }) =>
      archived ? statuses.includes('archived') : statuses.length === 0 || statuses.includes('live'),
    )
    .filter(({ id, key }) => ids.length + keys.length === 0 || ids.includes(id) || keys.includes(key))
    .filter(({ key, name }) => key.toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted))
  const withLead = (query.expand ?? '').split(',').includes('lead')
  const bean = (project: CloudProject) => projectBean(call, project, withLead)
  return ok(pageBean(call, '/project/search', found, sliceOf(call, found, 50, 100), bean))
}

const projectBean = (call: Call, { id, key, name, lead, archived }: CloudProject, withLead: boolean) => ({
  self: `${call.base}/rest/api/3/project/${id}`,
  id,
  key,
  name,
  projectTypeKey: 'software',
  simplified: false,
  style: 'classic',
  ...(archived && { archived }),
  ...(withLead && lead && { lead: userBean(call, lead) }),
})

const projectOf = ({ cloud, parameters: { projectIdOrKey = '' } }: Call): CloudProject | undefined =>
  cloud.projects.find(projectIdOrKey)

const noProject = ({ parameters: { projectIdOrKey = '' } }: Call): Answer =>
  refuse(404, `No project could be found with key '${projectIdOrKey}'.`)

export const getProject: Handler = (call) => {
  const project = projectOf(call)
  return project ? ok(projectBean(call, project, true)) : noProject(call)
}

/** Only what is given changes; the lead must be active. */
export const updateProject: Handler = (call) => {
  const project = projectOf(call)
  if (!project) return noProject(call)
  if (project.archived) return refuse(400, `Project '${project.key}' is archived and cannot be edited.`)
  const { leadAccountId, name } = call.body as Record<string, string | undefined>
  if (leadAccountId !== undefined) {
    const lead = activeAccount(call, leadAccountId)
    if (!lead) return refuseFields({ projectLead: 'You must specify a valid project lead.' })
    project.lead = lead
  }
  project.name = name ?? project.name
  return ok(projectBean(call, project, true))
}

function activeAccount({ cloud }: Call, accountId: string): Account | undefined {
  const account = cloud.accounts.find(accountId)
  return account && isActive(account) ? account : undefined
}

export const listComponents: Handler = (call) => {
  const project = projectOf(call)
  if (!project) return noProject(call)
  return ok(call.cloud.projects.componentsOf(project).map((component) => componentBean(call, component)))
}

const componentBean = (call: Call, { id, name, project, lead }: CloudComponent) => ({
  self: `${call.base}/rest/api/3/component/${id}`,
  id,
  name,
  ...(lead && { lead: userBean(call, lead) }),
  assigneeType: 'PROJECT_DEFAULT',
  project: project.key,
  projectId: Number(project.id),
})

const componentOf = ({ cloud, parameters: { id = '' } }: Call): CloudComponent | undefined =>
  cloud.projects.component(id)
const noComponent = ({ parameters: { id = '' } }: Call): Answer =>
  refuse(404, `The component with id ${id} does not exist.`)

export const getComponent: Handler = (call) => {
  const component = componentOf(call)
  return component ? ok(componentBean(call, component)) : noComponent(call)
}

/** `leadAccountId: ""` removes the lead (7). */
export const updateComponent: Handler = (call) => {
  const component = componentOf(call)
  if (!component) return noComponent(call)
  const { leadAccountId, name } = call.body as Record<string, string | undefined>
  if (leadAccountId !== undefined) {
    const lead = leadAccountId === '' ? undefined : activeAccount(call, leadAccountId)
    if (leadAccountId !== '' && !lead) {
      return refuseFields({ leadAccountId: `The user "${leadAccountId}" does not exist or is not active.` })
    }
    component.lead = lead
  }
  component.name = name ?? component.name
  return ok(componentBean(call, component))
}
