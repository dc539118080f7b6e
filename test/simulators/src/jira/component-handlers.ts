import { type Answer, ok } from '../data-center/answer.ts'
import { refuse, refuseFields } from './answer.ts'
import type { Call, Handler } from './call.ts'
import type { Component } from './project.ts'
import { browsable, mayBrowse, noProject } from './project-handlers.ts'
import { userJson } from './user-bean.ts'

export const listComponents: Handler = (call) => {
  const project = browsable(call)
  if (!project) return noProject(call)
  return ok(call.jira.projects.componentsOf(project).map((component) => componentBean(call.base, component)))
}

const componentBean = (base: string, component: Component) => ({
  self: `${base}/rest/api/2/component/${component.id}`,
  id: component.id,
  name: component.name,
  description: component.description,
  ...(component.lead && { lead: userJson(base, component.lead) }),
  assigneeType: component.assigneeType,
  project: component.project.key,
  projectId: Number(component.project.id),
  archived: component.archived,
  deleted: false,
})

/** Only active components (Jira REST, leads). */
export const pageComponents: Handler = ({ jira, caller, query, base }) => {
  const projectIds = query.projectIds ? query.projectIds.split(',') : undefined
  const found = jira.projects
    .components()
    .filter(
      ({ archived, project, name }) =>
        !archived &&
        mayBrowse(project, caller) &&
        (projectIds?.includes(project.id) ?? true) &&
        name.toLowerCase().includes((query.query ?? '').toLowerCase()),
    )
  const startAt = Math.max(Number(query.startAt ?? 0), 0)
  const maxResults = Math.max(Number(query.maxResults ?? 100), 0)
  const values = found.slice(startAt, startAt + maxResults).map((component) => componentBean(base, component))
  return ok({ maxResults, startAt, total: found.length, isLast: startAt + maxResults >= found.length, values })
}

function visibleComponent({ jira, caller, parameters: { id = '' } }: Call): Component | undefined {
  const component = jira.projects.component(id)
  return component && mayBrowse(component.project, caller) ? component : undefined
}

const noComponent = ({ parameters: { id = '' } }: Call): Answer =>
  refuse(404, `The component with id ${id} does not exist.`)

export const getComponent: Handler = (call) => {
  const component = visibleComponent(call)
  return component ? ok(componentBean(call.base, component)) : noComponent(call)
}

/** `leadUserName` is the user name, not the key; `""` removes the lead; absent fields are ignored (Jira REST, leads). */
export const updateComponent: Handler = (call) => {
  const component = visibleComponent(call)
  if (!component) return noComponent(call)
  if (component.project.archived)
    return refuse(400, `Project '${component.project.key}' is archived and cannot be edited.`)
  const { leadUserName, name, description } = call.body as Record<string, string | undefined>
  if (leadUserName !== undefined) {
    const lead = leadUserName === '' ? undefined : call.jira.people.find(leadUserName)
    if (leadUserName !== '' && !lead?.active) {
      return refuseFields({ leadUserName: `The user "${leadUserName}" does not exist or is not active.` })
    }
    component.lead = lead
  }
  Object.assign(component, { name: name ?? component.name, description: description ?? component.description })
  return ok(componentBean(call.base, component))
}
