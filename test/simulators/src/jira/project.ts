import type { User } from '../data-center/user.ts'

export interface Project {
  readonly id: string
  readonly key: string
  name: string
  lead: User | undefined
  assigneeType: 'PROJECT_LEAD' | 'UNASSIGNED'
  archived: boolean
  /** Only these user names may browse it; everybody without it (Jira REST, leads). */
  readonly browsers: ReadonlySet<string> | undefined
}

export interface Component {
  readonly id: string
  readonly project: Project
  name: string
  description: string
  lead: User | undefined
  assigneeType: 'PROJECT_DEFAULT' | 'COMPONENT_LEAD' | 'PROJECT_LEAD' | 'UNASSIGNED'
  archived: boolean
}

export interface ProjectSeed {
  key: string
  name?: string
  lead?: string
  archived?: boolean
  browsers?: readonly string[]
  components?: readonly { name: string; lead?: string; archived?: boolean }[]
}

export function createProjects() {
  const projects = new Map<string, Project>()
  const components = new Map<string, Component>()
  let nextId = 10000
  const put = (project: Project): Project => {
    projects.set(project.key, project)
    nextId = Math.max(nextId, Number(project.id) + 1)
    return project
  }
  const putComponent = (component: Component): void => {
    components.set(component.id, component)
    nextId = Math.max(nextId, Number(component.id) + 1)
  }
  return {
    put,
    putComponent,
    add(seed: ProjectSeed, userNamed: (name: string) => User): Project {
      const leadOf = (name: string | undefined) => (name === undefined ? undefined : userNamed(name))
      const project = put({
        id: String(nextId),
        key: seed.key,
        name: seed.name ?? seed.key,
        lead: leadOf(seed.lead),
        assigneeType: seed.lead === undefined ? 'UNASSIGNED' : 'PROJECT_LEAD',
        archived: seed.archived ?? false,
        browsers: seed.browsers && new Set(seed.browsers),
      })
      for (const { name, lead, archived = false } of seed.components ?? []) {
        const assigneeType = 'PROJECT_DEFAULT'
        putComponent({ id: String(nextId), project, name, description: '', lead: leadOf(lead), assigneeType, archived })
      }
      return project
    },
    all: (): Project[] => [...projects.values()],
    /** By key or by id, as the path parameter `projectIdOrKey` says. */
    find: (keyOrId: string): Project | undefined =>
      projects.get(keyOrId) ?? projects.values().find((project) => project.id === keyOrId),
    components: (): Component[] => [...components.values()],
    component: (id: string): Component | undefined => components.get(id),
    componentsOf: (project: Project): Component[] =>
      [...components.values()].filter((each) => each.project === project),
    ledBy: (user: User): { projects: Project[]; components: Component[] } => ({
      projects: [...projects.values()].filter((project) => project.lead === user),
      components: [...components.values()].filter((component) => component.lead === user),
    }),
  }
}
