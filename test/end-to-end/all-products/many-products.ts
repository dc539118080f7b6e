import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StartedRun } from '@rollcall/contract/api/runs'
import { startEntraSimulator } from '@rollcall/simulators/entra/entra-simulator'
import type { Tenant } from '@rollcall/simulators/entra/tenant/tenant'
import { onTestFinished } from 'vitest'
import {
  type Product,
  type ProductKind,
  type ProductOptions,
  productKinds,
  productLabels,
  productTarget,
  startProduct,
} from '../../products/products.ts'
import type { Administrator } from '../harness/administrator.ts'
import { configurationText, connectionEntry, shortNames, tolerant } from '../harness/configuration.ts'
import { startInProcess } from '../harness/service-in-process.ts'

export interface ManyProducts {
  readonly tenant: Tenant
  readonly products: Readonly<Record<ProductKind, Product>>
  readonly administrator: Administrator
  /** Requests that Graph answered. */
  countReadings(): number
}

/** Two cores may be shared with much else. */
const longMs = 120_000
const graph = / \/v1\.0\//

/** One tenant provisioned into every product by one connection, the same policy for each. */
export async function startManyProducts(
  tenant: Tenant,
  options: Partial<Record<ProductKind, ProductOptions>> = {},
  kinds: readonly ProductKind[] = productKinds,
): Promise<ManyProducts> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-all-products-'))
  const entra = await startEntraSimulator({ tenant })
  const started = await Promise.all(kinds.map((kind) => startProduct(kind, options[kind])))
  const products = Object.fromEntries(started.map((product) => [product.kind, product])) as ManyProducts['products']
  process.env.E2E_ALL_PRODUCTS = tenant.application.secrets[0]?.value ?? ''
  for (const { secrets } of started) Object.assign(process.env, secrets)
  const running = await startInProcess(join(folder, 'service'))
  onTestFinished(async () => {
    await running.close()
    await Promise.all([entra.close(), ...started.map(({ server }) => server.close())])
    rmSync(folder, { recursive: true, force: true })
  })
  const entry = connectionEntry({ entra, secret: 'E2E_ALL_PRODUCTS' })
  const policies = kinds.map((kind) => ({
    target: productLabels[kind],
    // Accounts of Jira Cloud have no user name, so a policy that makes one is refused.
    users: kind === 'jiraCloud' ? {} : { userName: shortNames },
    groups: { mode: 'onTheFly' },
    guard: tolerant,
  }))
  await running.administrator.configure(
    configurationText(
      started.map((product) => productTarget(product)),
      [{ ...entry, policies }],
    ),
  )
  return { tenant, products, administrator: running.administrator, countReadings: () => entra.countRequests(graph) }
}

/** Synchronizes, and agrees to whatever is held in any product. */
export async function followAll({ administrator }: Pick<ManyProducts, 'administrator'>): Promise<void> {
  const run = await administrator.synchronize('entra', {}, longMs)
  if (run.outcome === 'failed') throw new Error(`The run failed: ${JSON.stringify(run)}`)
  const { legs } = await administrator.connection()
  for (const { hold } of legs) {
    if (!hold) continue
    const { hash = '' } = await administrator.plan(hold.planId)
    const path = `/plans/${hold.planId}/apply`
    const { runId } = await administrator.api.call<StartedRun>('POST', path, { hash, approve: true })
    await administrator.ended(runId, longMs)
  }
}

/** How each leg of a new run ended, by the kind of product. */
export async function outcomes(
  { administrator }: Pick<ManyProducts, 'administrator'>,
  full = false,
): Promise<Readonly<Record<string, string | undefined>>> {
  const run = await administrator.synchronize('entra', { full }, longMs)
  return Object.fromEntries(run.legs.map(({ target, outcome }) => [target.name, outcome]))
}
