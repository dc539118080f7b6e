/** Every key under which something is kept, so that a mutation can name what it makes stale. */
export const keys = {
  session: ['session'],
  status: ['status'],
  connections: ['connections'],
  /** Below the connections: whatever makes them stale makes these stale. */
  notices: ['connections', 'notices'],
  check: (slug: string) => ['check', slug],
  scim: (slug: string) => ['scim', slug, 'view'],
  scimLog: (slug: string, outcome: string) => ['scim', slug, 'log', outcome],
  targets: ['targets', 'list'],
  unclaimed: (target: string, what: string, search: string) => ['targets', 'unclaimed', target, what, search],
  runs: ['runs'],
  runList: (connection: string | undefined) => ['runs', 'list', connection ?? ''],
  run: (id: number) => ['runs', 'one', id],
  progress: (runId: number) => ['progress', runId],
  vetoes: (connection: string, target: string) => ['vetoes', connection, target],
  why: (user: string, group: string | undefined) => ['plans', 'why', user, group ?? ''],
  plans: ['plans'],
  plan: (id: number) => ['plans', id, 'head'],
  operations: (planId: number, filter: unknown) => ['plans', planId, 'operations', filter],
  findings: (planId: number, filter: unknown) => ['plans', planId, 'findings', filter],
} as const
