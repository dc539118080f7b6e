import type { Crowd } from '@rollcall/simulators/crowd/crowd'
import type { Site } from '@rollcall/simulators/data-center/site'
import type { Cloud } from '@rollcall/simulators/jira-cloud/cloud'

/** What somebody does in a product by hand, in words that all products share; it has to be possible. */
export interface ProductChanges {
  /** `name@example.com`, also by name where the product has no other. */
  addPerson(name: string, groups: readonly string[]): void
  addGroup(name: string): void
  join(group: string, account: string): void
  leave(group: string, account: string): void
  /** In products with projects. */
  readonly addProject?: (project: { readonly key: string; readonly lead: string }) => unknown
}

const addressOf = (name: string): string => `${name}@example.com`

export const changeSite = ({ change }: Pick<Site, 'change'>): ProductChanges => ({
  addPerson: (name, groups) => void change.addUser({ name, emailAddress: addressOf(name), groups }),
  addGroup: (name) => void change.ensureGroup(name),
  join: (group, account) => void change.join(group, account),
  leave: (group, account) => void change.leave(group, account),
})

export const changeCrowd = ({ change }: Crowd): ProductChanges => ({
  addPerson: (name, groups) => void change.addUser({ name, email: addressOf(name), groups }),
  addGroup: (name) => void change.addGroup({ name }),
  join: (group, account) => void change.join(group, account),
  leave: (group, account) => void change.leave(group, account),
})

export const changeCloud = ({ change }: Cloud): ProductChanges => ({
  addPerson: (name, groups) => void change.addAccount({ email: addressOf(name), groups }),
  addGroup: (name) => void change.ensureGroup(name),
  join: (group, account) => void change.join(group, account),
  leave: (group, account) => void change.leave(group, account),
})
