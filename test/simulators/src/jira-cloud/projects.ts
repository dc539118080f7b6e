import type { Account } from './account.ts'

export interface CloudProject {
  readonly id: string
  readonly key: string
  name: string
  lead: Account | undefined
  readonly archived: boolean
}

export interface CloudComponent {
  readonly id: string
  readonly project: CloudProject
  name: string
  lead: Account | undefined
}

export interface CloudProjectSeed {
  key: string
  /** By e-mail. */
  lead?: string
  archived?: boolean
  components?: readonly { name: string; lead?: string }[]
}

/** The site's projects by key and their components. */
export function createCloudProjects() {
  const projects = new Map<string, CloudProject>()
  const components = new Map<string, CloudComponent>()
  let nextId = 10000
  const put = (project: CloudProject): CloudProject => {
    projects.set(project.key, project)
    nextId = Math.max(nextId, Number(project.id) + 1)
    return project
  }
  const putComponent = (component: CloudComponent): void => {
    components.set(component.id, component)
    nextId = Math.max(nextId, Number(component.id) + 1)
  }
  return {
    put,
    putComponent,
    add(seed: CloudProjectSeed, accountOf: (email: string) => Account): CloudProject {
      const leadOf = (email: string | undefined) => (email === undefined ? undefined : accountOf(email))
      const { key, archived = false } = seed
      const project = put({ id: String(nextId), key, name: key, lead: leadOf(seed.lead), archived })
      for (const { name, lead } of seed.components ?? []) {
        putComponent({ id: String(nextId), project, name, lead: leadOf(lead) })
      }
      return project
    },
    find: (idOrKey: string): CloudProject | undefined =>
      projects.get(idOrKey) ?? [...projects.values()].find((project) => project.id === idOrKey),
    all: (): CloudProject[] => [...projects.values()].sort((a, b) => (a.key < b.key ? -1 : 1)),
    component: (id: string): CloudComponent | undefined => components.get(id),
    componentsOf: (project: CloudProject): CloudComponent[] =>
      [...components.values()].filter((component) => component.project === project),
  }
}
