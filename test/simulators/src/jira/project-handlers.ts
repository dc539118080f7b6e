import { type Answer, ok } from '../data-center/answer.ts'
import type { User } from '../data-center/user.ts'
import { refuse, refuseFields } from './answer.ts'
import type { Call, Handler } from './call.ts'
import type { Project } from './project.ts'
import { userJson } from './user-bean.ts'

export const mayBrowse = (project: Project, caller: User): boolean => project.browsers?.has(caller.name) ?? true

function projectBean(base: string, project: Project, withLead: boolean) {
  return {
    expand: 'description,lead,url,projectKeys',
    self: `${base}/rest/api/2/project/${project.id}`,
    id: project.id,
    key: project.key,
    name: project.name,
    avatarUrls: { '48x48': `${base}/secure/projectavatar?avatarId=10324` },
    projectTypeKey: 'software',
    archived: project.archived,
    ...(withLead && project.lead && { lead: userJson(base, project.lead) }),
  }
}

/** A plain array without paging: only what the caller may browse, archived ones on request (Jira REST, leads). */
export const listProjects: Handler = ({ jira, caller, query, base }) => {
  const withLead = (query.expand ?? '').split(',').includes('lead')
  const projects = jira.projects
    .all()
    .filter((project) => mayBrowse(project, caller) && (!project.archived || query.includeArchived === 'true'))
  return ok(projects.map((project) => projectBean(base, project, withLead)))
}

/** A project that the caller may not browse is not found (description of `project/{projectIdOrKey}`). */
export function browsable({ jira, caller, parameters: { projectIdOrKey = '' } }: Call): Project | undefined {
  const project = jira.projects.find(projectIdOrKey)
  return project && mayBrowse(project, caller) ? project : undefined
}

export const noProject = ({ parameters: { projectIdOrKey = '' } }: Call): Answer =>
  refuse(404, `No project could be found with key '${projectIdOrKey}'.`)

const fullBean = (call: Call, project: Project) => ({
  ...projectBean(call.base, project, true),
  assigneeType: project.assigneeType,
  components: call.jira.projects.componentsOf(project).map(({ id, name }) => ({ id, name })),
})

export const getProject: Handler = (call) => {
  const project = browsable(call)
  return project ? ok(fullBean(call, project)) : noProject(call)
}

/** Partial; the new lead must exist and be active, and archived projects refuse edits [believed] (Jira REST, leads). */
export const updateProject: Handler = (call) => {
  const project = browsable(call)
  if (!project) return noProject(call)
  if (project.archived) return refuse(400, `Project '${project.key}' is archived and cannot be edited.`)
  const { name, lead, assigneeType } = call.body as Record<string, string | undefined>
  const newLead = lead === undefined ? project.lead : call.jira.people.find(lead)
  if (lead !== undefined && !newLead?.active) {
    return refuseFields({ projectLead: 'You must specify a valid project lead.' })
  }
  if (assigneeType !== undefined && assigneeType !== 'PROJECT_LEAD' && assigneeType !== 'UNASSIGNED') {
    return refuseFields({ assigneeType: 'The default assignee type is not valid.' })
  }
  Object.assign(project, {
    name: name ?? project.name,
    lead: newLead,
    assigneeType: assigneeType ?? project.assigneeType,
  })
  return ok(fullBean(call, project))
}
