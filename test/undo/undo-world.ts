import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FindingView, OperationView } from '@rollcall/contract/api/plans'
import type { RunView, StartedRun } from '@rollcall/contract/api/runs'
import { startEntraSimulator } from '@rollcall/simulators/entra/entra-simulator'
import type { Tenant } from '@rollcall/simulators/entra/tenant/tenant'
import type { Administrator } from '../end-to-end/harness/administrator.ts'
import { configurationText, connectionEntry } from '../end-to-end/harness/configuration.ts'
import { startInProcess } from '../end-to-end/harness/service-in-process.ts'
import type { ProductState } from '../products/product-state.ts'
import { type Product, productTarget, startProduct } from '../products/products.ts'
import { policyFor, type RandomPolicy } from './random-policy.ts'
import { type UndoProduct, undoProducts } from './undo-products.ts'

const longMs = 60_000
const secret = 'UNDO_LAW_CLIENT'

/** What runs did, with the operations of each of their plans by the name of the target. */
export interface Done {
  readonly run: number
  readonly operations: ReadonlyMap<string, readonly OperationView[]>
  /** Of an undo: what it leaves alone. */
  readonly findings: ReadonlyMap<string, readonly FindingView[]>
}

export const applied = ({ status }: OperationView): boolean => status === 'applied'

export interface UndoWorld {
  readonly products: ReadonlyMap<string, Product>
  readonly administrator: Administrator
  states(): ReadonlyMap<string, ProductState>
  /** Brings everything up to date, whatever is held; gives back the runs that did so, in their order. */
  follow(): Promise<readonly Done[]>
  /** Plans to take a run back; nothing is changed yet. */
  planUndo(run: number): Promise<RunView>
  /** Applies all plans of such a run. */
  apply(planned: RunView): Promise<readonly Done[]>
  close(): Promise<void>
}

/** One tenant provisioned into every product by one connection, the same policy for each as far as it can honour it. */
export async function startUndoWorld(
  tenant: Tenant,
  policy: RandomPolicy,
  kinds: readonly UndoProduct[] = undoProducts,
): Promise<UndoWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-undo-'))
  const entra = await startEntraSimulator({ tenant })
  const started = await Promise.all(kinds.map(({ kind, options }) => startProduct(kind, options)))
  const products = new Map(started.map((product, index) => [kinds[index]?.name ?? '', product]))
  process.env[secret] = tenant.application.secrets[0]?.value ?? ''
  for (const { secrets } of started) Object.assign(process.env, secrets)
  const running = await startInProcess(join(folder, 'service'))
  const { administrator } = running
  await administrator.configure(
    configurationText(
      [...products].map(([name, product]) => productTarget(product, { name })),
      [{ ...connectionEntry({ entra, secret }), policies: kinds.map((kind) => policyFor(kind, policy)) }],
    ),
  )

  async function done(run: RunView): Promise<Done> {
    const operations = new Map<string, readonly OperationView[]>()
    const findings = new Map<string, readonly FindingView[]>()
    for (const { target, planId } of run.legs) {
      if (planId === undefined) continue
      operations.set(target.name, await administrator.operations(planId))
      findings.set(target.name, await administrator.findings(planId))
    }
    return { run: run.id, operations, findings }
  }

  async function applyPlan(id: number): Promise<Done> {
    const { hash = '' } = await administrator.plan(id)
    const { runId } = await administrator.api.call<StartedRun>('POST', `/plans/${id}/apply`, { hash, approve: true })
    return done(await administrator.ended(runId, longMs))
  }

  async function follow(): Promise<readonly Done[]> {
    const run = await administrator.synchronize('entra', { full: true }, longMs)
    if (run.outcome === 'failed') throw new Error(`The run failed: ${JSON.stringify(run)}`)
    const all = [await done(run)]
    for (const { hold } of (await administrator.connection()).legs) if (hold) all.push(await applyPlan(hold.planId))
    return all
  }

  return {
    products,
    administrator,
    states: () => new Map([...products].map(([name, product]) => [name, product.state()])),
    follow,
    async planUndo(run) {
      const { runId } = await administrator.api.call<StartedRun>('POST', `/runs/${run}/undo`, {})
      return administrator.ended(runId, longMs)
    },
    async apply({ legs }) {
      const all: Done[] = []
      for (const { planId, outcome } of legs) {
        if (planId !== undefined && outcome !== 'empty') all.push(await applyPlan(planId))
      }
      return all
    },
    async close() {
      await running.close()
      await Promise.all([entra.close(), ...started.map(({ server }) => server.close())])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
