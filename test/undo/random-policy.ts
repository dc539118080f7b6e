import fc from 'fast-check'
import { shortNames, tolerant } from '../end-to-end/harness/configuration.ts'
import type { UndoProduct } from './undo-products.ts'

type Part = Readonly<Record<string, unknown>>

const defaultGroups = fc.record({ newUsers: fc.subarray(['welcome']), allUsers: fc.subarray(['everybody']) })
const nesting = fc.constantFrom('flatten' as const, 'native' as const)

const groups = fc.oneof(
  fc.record({
    mode: fc.constant('onTheFly' as const),
    keepUserGroups: fc.boolean(),
    removeUnclaimedMembers: fc.boolean(),
    deleteEmptied: fc.boolean(),
    deleteGraceDays: fc.constant(0),
    nesting,
    defaultGroups,
  }),
  fc.record({
    mode: fc.constant('manual' as const),
    mappings: fc.constant([
      { source: 'Research', target: 'labs' },
      { source: 'Poetry', target: 'labs' },
      { source: 'chess', target: 'chess' },
    ]),
    keepExistingMembers: fc.boolean(),
    removeUnclaimedMembers: fc.boolean(),
    createMissing: fc.constant(true),
    nesting,
    defaultGroups,
  }),
)

/** What an administrator may have said about people and groups. */
export const randomPolicy = fc.record({
  users: fc.record({
    adopt: fc.constantFrom('userName', 'never'),
    followEnabled: fc.boolean(),
    recycledName: fc.constantFrom('block', 'link'),
    deleted: fc.record({
      action: fc.constantFrom('deactivate', 'delete', 'keep'),
      removeFromGroups: fc.boolean(),
    }),
    outOfScope: fc.record({ action: fc.constantFrom('keep', 'deactivate') }),
  }),
  groups,
  attributes: fc.boolean(),
})
export type RandomPolicy = typeof randomPolicy extends fc.Arbitrary<infer T> ? T : never

const keepsOthers = (groups: RandomPolicy['groups']): boolean =>
  groups.mode === 'onTheFly' ? groups.keepUserGroups : groups.keepExistingMembers

/** As far as the product can do what it asks for: a policy that asks for more is refused when it is saved. */
export function policyFor(product: UndoProduct, { users, groups, attributes }: RandomPolicy): Part {
  const { name, kind, nestsGroups, storesAttributes, accessGroup } = product
  const hasLeads = kind === 'jira' || kind === 'jiraCloud'
  const admin = kind === 'jiraCloud' ? 'admin@example.com' : 'admin'
  return {
    target: name,
    users: {
      ...users,
      filter: 'user.displayName != "Out"',
      ...(kind !== 'jiraCloud' && { userName: shortNames }),
      ...(hasLeads && { defaultProjectLead: admin, defaultComponentLead: admin }),
      ...(attributes && storesAttributes && { customAttributes: [{ name: 'unit', expression: 'user.department' }] }),
    },
    groups: {
      ...groups,
      removeUnclaimedMembers: !keepsOthers(groups) && groups.removeUnclaimedMembers,
      nesting: nestsGroups ? groups.nesting : 'flatten',
      defaultGroups: {
        ...groups.defaultGroups,
        allUsers: [...groups.defaultGroups.allUsers, ...(accessGroup ? [accessGroup] : [])],
      },
    },
    guard: tolerant,
  }
}
