import { mkdirSync } from 'node:fs'
import { databasePath } from '@rollcall/sidecar/service-settings'
import { migrateStore } from '@rollcall/sidecar/store/migrate'
import { openStore } from '@rollcall/sidecar/store/open-database'
import { program } from '../processes/program.ts'
import { configure } from './configure.ts'
import { type DesiredSize, fillDesired } from './fill-desired.ts'
import { settleTarget } from './settle-target.ts'
import type { World } from './world.ts'

export interface StateInput {
  readonly world: World
  /** Absent: what the source wants is in the store already. */
  readonly desired?: DesiredSize
  /** `settled`: everything is applied. `empty`: the target was observed and nobody of the company is in it. */
  readonly target: 'settled' | 'empty'
}

export interface StateSize {
  readonly people: number
  readonly groups: number
  readonly memberships: number
  /** Of accounts in target groups, nested ones flattened. */
  readonly effective: number
}

/** Makes the stored state that something is measured on, in a process of its own, so that its memory counts nowhere. */
program(async ({ world, desired, target }: StateInput): Promise<StateSize> => {
  mkdirSync(world.dataFolder, { recursive: true })
  const store = openStore(databasePath(world.dataFolder))
  await migrateStore(store)
  const leg = await configure(store, world)
  if (desired) fillDesired(store, leg, desired)
  if (target === 'settled') settleTarget(store, leg)
  else store.raw.prepare('update target set observed_at = ?').run(Date.now())
  const count = (table: string): number =>
    store.raw.prepare<[], number>(`select count(*) from ${table}`).pluck().get() ?? 0
  const size = {
    people: count('identity'),
    groups: count('source_group'),
    memberships: count('identity_membership'),
    effective: count('account_membership'),
  }
  store.raw.pragma('wal_checkpoint(truncate)')
  await store.close()
  return size
})
