import type { JiraSimulator } from '@rollcall/simulators/jira/jira-simulator'
import { type JiraSnapshot, snapshotState } from '@rollcall/simulators/jira/snapshot-state'

/** What a test reads off a Jira: people as one line each, groups as lists of names. */
export function jiraReading({ jira }: Pick<JiraSimulator, 'jira'>) {
  const state = () => snapshotState(jira)
  const group = (name: string) => state().groups.find((each) => each.name === name)
  return {
    state,
    user: (name: string): JiraSnapshot['users'][number] | undefined => state().users.find((each) => each.name === name),
    userNames: (): string[] => state().users.map(({ name }) => name),
    active: (): string[] => state().users.flatMap(({ name, active }) => (active ? [name] : [])),
    members: (name: string): string[] | undefined => group(name)?.members,
    /** Sorted by code units, as `toSorted` does. */
    groupsOf: (name: string): string[] =>
      state()
        .groups.flatMap((each) => (each.members.includes(name) ? [each.name] : []))
        .sort(),
  }
}

/** Requests that take something away or may do so: nothing else in Jira is sent by these methods and paths. */
export const destructiveRequests = ({ requests }: Pick<JiraSimulator, 'requests'>): string[] =>
  requests
    .latest()
    .filter(({ method, path }) => method === 'DELETE' || (method === 'PUT' && path.endsWith('/api/2/user')))
    .map(({ method, path, query }) => `${method} ${path}?${query}`)

/** Requests that change anything. */
export const writes = ({ requests }: Pick<JiraSimulator, 'requests'>): string[] =>
  requests
    .latest()
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, query }) => `${method} ${path}?${query}`)
