import { applicationChanges } from './application-changes.ts'
import { createDirectory } from './directory.ts'
import { isLive } from './directory-object.ts'
import { groupChanges } from './group-changes.ts'
import { type PopulationSize, populate } from './population.ts'
import { createRandom, hashOf } from './random.ts'
import { emptyState, loadState, saveState, type TenantState } from './tenant-state.ts'
import { userChanges } from './user-changes.ts'

export interface TenantOptions extends Partial<PopulationSize> {
  readonly seed?: number
  readonly domain?: string
  /** Directory extensions registered in the tenant: `extension_{appId without dashes}_{name}`. */
  readonly extensionProperties?: readonly string[]
  readonly now?: () => Date
}

/** A simulated Entra tenant: the directory and everything that tests and the sandbox do to it. */
export type Tenant = ReturnType<typeof openTenant>

/** Makes a tenant; the same options make the same one. */
export function createTenant(options: TenantOptions = {}): Tenant {
  const { seed = 1, users = 100, groups = 10, domain = 'contoso.onmicrosoft.com' } = options
  const random = createRandom(seed)
  const state = emptyState({ tenantId: random.guid(), domain, seed })
  state.extensionProperties.push(...(options.extensionProperties ?? []))
  populate(state, { users, groups, memberships: options.memberships ?? users * 3, nested: options.nested ?? 0 }, random)

  const tenant = openTenant(state, options.now)
  tenant.registerApplication(
    'Rollcall',
    ['User.Read.All', 'GroupMember.Read.All', 'Application.Read.All'],
    '2199-01-01T00:00:00Z',
  )
  for (const name of ['Jira', 'Confluence']) {
    const application = tenant.addEnterpriseApplication(name)
    for (const { id } of [...state.groups.slice(0, 2), ...state.users.slice(0, 3)])
      tenant.assignApplication(application, id)
  }
  return tenant
}

/** Brings back a tenant that `save` wrote, delta tokens included. */
export const loadTenant = (json: string, now?: () => Date): Tenant => openTenant(loadState(json), now)

function openTenant(state: TenantState, now: () => Date = () => new Date()) {
  // Objects added later get other ids than those of the population, whatever happened before a restart.
  const random = createRandom(hashOf(state.seed, state.objects.length, state.log.now()))
  const directory = createDirectory(state, random)
  return {
    state,
    directory,
    tenantId: state.tenantId,
    domain: state.domain,
    users: () => state.users.filter(isLive),
    groups: () => state.groups.filter(isLive),
    save: (): string => saveState(state),
    /** All delta tokens handed out so far are answered with 410 from now on. */
    resetDeltaTokens: () => {
      state.epoch += 1
    },
    ...userChanges(directory, now),
    ...groupChanges(directory, now),
    ...applicationChanges(directory, now),
    /** The app registration that the tenant came with: the one to connect with. */
    get application() {
      const [application] = state.applications
      if (!application) throw new Error('The simulated tenant has no app registration.')
      return application
    },
  }
}
