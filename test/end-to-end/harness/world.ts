import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EntraOptions, type EntraSimulator, startEntraSimulator } from '@rollcall/simulators/entra/entra-simulator'
import type { Tenant } from '@rollcall/simulators/entra/tenant/tenant'
import { admin, createJira, type JiraOptions } from '@rollcall/simulators/jira/create-jira'
import { type JiraSimulator, startJiraSimulator } from '@rollcall/simulators/jira/jira-simulator'
import { onTestFinished } from 'vitest'
import type { Administrator } from './administrator.ts'
import { type ConnectionOptions, configurationText, connectionEntry, targetEntry } from './configuration.ts'
import { emptyTenant } from './people.ts'
import { type RunningService, startInProcess } from './service-in-process.ts'

export interface Simulated {
  readonly folder: string
  readonly entra: EntraSimulator
  readonly tenant: Tenant
  readonly jira: JiraSimulator
  /** Names of the environment variables with the secrets, and the values. */
  readonly secrets: { readonly client: string; readonly jira: string }
  readonly environment: Readonly<Record<string, string>>
  /** The configuration with one connection, `Entra`, and one target, `Jira`. */
  configuration(connection?: Partial<ConnectionOptions>, target?: Readonly<Record<string, unknown>>): string
}

export interface World extends Simulated {
  readonly running: RunningService
  readonly administrator: Administrator
}

export interface WorldOptions {
  readonly tenant?: Tenant
  readonly entra?: Omit<EntraOptions, 'tenant'>
  readonly jira?: JiraOptions
  readonly latencyMs?: number
  readonly connection?: Partial<ConnectionOptions>
  readonly target?: Readonly<Record<string, unknown>>
}

let worlds = 0

/** Both simulators and an empty data folder; they end with the test. */
export async function simulate(options: WorldOptions = {}): Promise<Simulated> {
  worlds += 1
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-end-to-end-'))
  const tenant = options.tenant ?? emptyTenant()
  const entra = await startEntraSimulator({ ...options.entra, tenant })
  const jira = await startJiraSimulator({ jira: createJira(options.jira), latencyMs: options.latencyMs ?? 0 })
  const secrets = { client: `E2E_CLIENT_SECRET_${worlds}`, jira: `E2E_JIRA_TOKEN_${worlds}` }
  const environment = { [secrets.client]: tenant.application.secrets[0]?.value ?? '', [secrets.jira]: admin.token }
  Object.assign(process.env, environment)
  onTestFinished(async () => {
    await Promise.all([entra.close(), jira.close()])
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    folder,
    entra,
    tenant,
    jira,
    secrets,
    environment,
    configuration: (connection = options.connection ?? {}, target = options.target ?? {}) =>
      configurationText(
        [targetEntry({ url: jira.url, secret: secrets.jira, more: target })],
        [connectionEntry({ entra, secret: secrets.client, ...connection })],
      ),
  }
}

/** Simulators and a configured service in this process. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const simulated = await simulate(options)
  const running = await startInProcess(join(simulated.folder, 'service'))
  onTestFinished(() => running.close())
  await running.administrator.configure(simulated.configuration())
  return { ...simulated, running, administrator: running.administrator }
}

/** A world in which the first plan was approved and applied. */
export async function startSettledWorld(options: WorldOptions = {}): Promise<World> {
  const world = await startWorld(options)
  const run = await world.administrator.follow()
  if (run.outcome !== 'succeeded') throw new Error(`The first plan could not be applied: ${JSON.stringify(run)}`)
  return world
}
