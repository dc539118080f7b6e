import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { applyConfigurationFile } from '@rollcall/sidecar/connections/configuration/apply-configuration-file'
import { serve } from '@rollcall/sidecar/serve'
import { createService, type Service } from '@rollcall/sidecar/service'
import { createServiceLog } from '@rollcall/sidecar/service-log'
import { readServiceSettings } from '@rollcall/sidecar/service-settings'
import { admin } from '@rollcall/simulators/jira/create-jira'
import { productLabels } from '../products/products.ts'
import { buildWeb } from './build-web.ts'
import { commandHelp, readSandboxCommands } from './sandbox-commands.ts'
import { sandboxConfiguration, sandboxSecrets } from './sandbox-configuration.ts'
import { startSandboxDirectory } from './sandbox-directory.ts'
import { askedProducts, startSandboxProducts } from './sandbox-products.ts'
import { startSandboxWorld } from './sandbox-world.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { values } = parseArgs({ options: { products: { type: 'string' } } })
const others = askedProducts(values.products ?? process.env.ROLLCALL_SANDBOX_PRODUCTS ?? '')
// The configuration of a sandbox names its products, so other products make another sandbox.
const name = ['sandbox', ...others].join('-')
const folder = resolve(process.env.ROLLCALL_SANDBOX ?? join(root, '.data', name))
const ports = {
  entra: Number(process.env.ROLLCALL_SANDBOX_ENTRA_PORT ?? 8421),
  jira: Number(process.env.ROLLCALL_SANDBOX_JIRA_PORT ?? 8422),
}
const ldapPort = Number(process.env.ROLLCALL_SANDBOX_LDAP_PORT ?? 8423)
const productsPort = Number(process.env.ROLLCALL_SANDBOX_PRODUCTS_PORT ?? 8431)

process.once('uncaughtException', explain)
buildWeb(join(root, 'web'))
const world = await startSandboxWorld(folder, ports)
const { products, ...running } = await startSandboxProducts(folder, others, productsPort)
const directory = await startSandboxDirectory(ldapPort)
const configurationFile = join(folder, 'rollcall.yaml')
if (!existsSync(configurationFile)) writeFileSync(configurationFile, sandboxConfiguration(world, directory, products))

Object.assign(process.env, sandboxSecrets(world, admin.token), ...products.map(({ secrets }) => secrets))
const settings = { ...readServiceSettings(process.env), dataFolder: join(folder, 'service') }
const log = createServiceLog(process.env.ROLLCALL_LOG_LEVEL ?? 'warn')
const service = await createService({ dataFolder: settings.dataFolder, log })
await applyConfigurationFile(service, configurationFile)
const token = await signInToken(service)
const serving = await serve(service, settings)
await service.start()
await firstPlan(service)

const saving = setInterval(() => {
  world.save()
  running.save()
}, 10_000)
// Before anybody is told to press Ctrl-C: what follows would otherwise be lost with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())

const simulated = ['Jira', ...others.map((kind) => productLabels[kind])].join(', ')
console.log(`
  Rollcall's sandbox runs: a simulated Entra tenant, simulated ${simulated}, the service and its admin UI.

    Open      ${serving.adminUrl}
    Sign in   ${token}
    LDAP      ${directory ? `${directory.url}, the connection "Directory"` : 'not without OpenLDAP (Debian or Ubuntu: apt-get install slapd ldap-utils)'}

  What to try:
    1. Open "Microsoft Entra ID": its first plan is held, as every first plan is. Look at who gains what and why.
    2. Approve it, and watch the run. Jira then equals Entra: Synchronize again, and there is nothing to do.
    3. Type one of these here and Enter, then Synchronize:
${commandHelp()}

  Ctrl-C stops everything. The next start goes on from here; delete ${folder} to begin anew.
`)
readSandboxCommands(world)

async function stop(): Promise<void> {
  clearInterval(saving)
  process.stdin.destroy()
  await serving.close()
  await service.close()
  await world.close()
  await running.close()
  await directory?.stop()
}

/** Most often another sandbox runs already; a stack trace would not say so. */
function explain(error: Error): void {
  const taken =
    'code' in error && ['EADDRINUSE', 'data_folder_in_use', 'service_address_unusable'].includes(String(error.code))
  console.error(
    taken
      ? `${error.message}\n  Another sandbox runs already: stop it, or set ROLLCALL_SANDBOX, ROLLCALL_SANDBOX_ENTRA_PORT, ROLLCALL_SANDBOX_JIRA_PORT, ROLLCALL_SANDBOX_LDAP_PORT and ROLLCALL_ADMIN_LISTEN.`
      : error,
  )
  process.exit(1)
}

/** The sandbox's own token is kept beside it: its hash alone could not be printed at the next start. */
async function signInToken({ access }: Service): Promise<string> {
  const file = join(folder, 'sign-in-token')
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  if (kept !== '' && (await access.callerOfToken(kept))) return kept
  const { token } = await access.createToken(`sandbox ${new Date().toISOString()}`)
  writeFileSync(file, `${token}\n`, { mode: 0o600 })
  return token
}

/** So that there is something to look at when the page opens. */
async function firstPlan({ runs, store }: Service): Promise<void> {
  const connection = await store.db
    .selectFrom('connection')
    .select('id')
    .where('removed_at', 'is', null)
    .orderBy('id')
    .executeTakeFirst()
  const planned = await store.db.selectFrom('plan').select('id').limit(1).executeTakeFirst()
  if (connection && !planned)
    await runs.enqueue(connection.id, { mode: 'plan', trigger: 'manual', requestedBy: 'sandbox' })
}
