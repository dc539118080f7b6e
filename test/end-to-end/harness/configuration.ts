import type { EntraSimulator } from '@rollcall/simulators/entra/entra-simulator'

type Part = Readonly<Record<string, unknown>>

export interface ConnectionOptions {
  readonly name?: string
  readonly entra: Pick<EntraSimulator, 'loginUrl' | 'graphUrl' | 'tenant'>
  /** Name of the environment variable with the client secret. */
  readonly secret: string
  readonly settings?: Part
  readonly users?: Part
  readonly groups?: Part
  readonly guard?: Part
  readonly more?: Part
}

export interface TargetOptions {
  readonly url: string
  /** Name of the environment variable with the access token. */
  readonly secret: string
  readonly settings?: Part
  readonly more?: Part
}

/** The user name is what stands before the `@`, as most tests want it. */
export const shortNames = { expression: 'user.userName', pattern: '(.*)@.*', replacement: '$1' }

/** A guard that lets pass whatever its settings can let pass. */
export const tolerant = {
  accounts: { count: 100_000, percent: 100 },
  memberships: { count: 100_000, percent: 100 },
  creates: { count: 100_000 },
  activations: { count: 100_000 },
  sourceShrinkagePercent: 100,
}

export function connectionEntry(options: ConnectionOptions): Part {
  const { name = 'Entra', entra, secret, settings, users, groups = { mode: 'onTheFly' }, guard, more } = options
  return {
    name,
    provider: 'entra',
    settings: {
      tenantId: entra.tenant.tenantId,
      clientId: entra.tenant.application.clientId,
      clientSecret: `\${${secret}}`,
      loginUrl: entra.loginUrl,
      graphUrl: entra.graphUrl,
      ...settings,
    },
    ...more,
    policies: [{ target: 'Jira', users: { userName: shortNames, ...users }, groups, ...(guard && { guard }) }],
  }
}

export const targetEntry = ({ url, secret, settings, more }: TargetOptions): Part => ({
  name: 'Jira',
  kind: 'jira',
  settings: { url, credentials: { method: 'pat', token: `\${${secret}}` }, ...settings },
  administratorGroups: ['jira-administrators'],
  ...more,
})

/** A configuration file. JSON is YAML. */
export const configurationText = (targets: readonly Part[], connections: readonly Part[]): string =>
  JSON.stringify({ version: 1, targets, connections }, undefined, 2)
