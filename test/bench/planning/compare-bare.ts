import { openReadOnly } from '@rollcall/sidecar/store/open-database'
import { watchCpu } from '../probes/cpu.ts'
import { memoryMB, peakMemoryMB } from '../probes/memory.ts'
import { program } from '../processes/program.ts'

export interface BareComparison {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly memoryMB: number
  readonly differences: number
}

interface PersonRow {
  readonly id: number
  readonly attributes: string
  readonly direct: string
  readonly observed: string
  readonly granted: string
}

const people = `
  select identity.id, identity.attributes,
    (select json_group_array(source_group_id) from identity_membership where identity_id = identity.id) as direct,
    (select json_group_array(target_group_id) from account_membership where account_id = claim.account_id) as observed,
    (select json_group_array(target_group_id) from granted_membership where account_id = claim.account_id) as granted
  from identity join claim on claim.identity_id = identity.id join account on account.id = claim.account_id
  where identity.id > ? order by identity.id limit 1000`

/** The floor of planning: one thread, raw statements, no policy, no journal: are wanted and observed groups the same? */
program(async ({ database }: { readonly database: string }): Promise<BareComparison> => {
  const { raw } = openReadOnly(database)
  const before = memoryMB()
  const started = performance.now()
  const cpu = watchCpu()
  const edges = raw.prepare<[], { parent_id: number; child_id: number }>(
    'select parent_id, child_id from group_nesting',
  )
  const parents = Map.groupBy(edges.all(), (edge) => edge.child_id)
  const ancestors = new Map<number, readonly number[]>()
  const ancestorsOf = (group: number): readonly number[] => {
    const known = ancestors.get(group)
    if (known) return known
    const found = new Set([group])
    for (const each of found) for (const { parent_id } of parents.get(each) ?? []) found.add(parent_id)
    ancestors.set(group, [...found])
    return [...found]
  }
  const bindings = raw.prepare<[], [number, number]>('select source_group_id, target_group_id from group_binding').raw()
  const targetOf = new Map(bindings.all())
  const page = raw.prepare<[number], PersonRow>(people)
  let differences = 0
  for (let after = 0, rows = page.all(0); rows.length > 0; rows = page.all(after)) {
    for (const { id, attributes, direct, observed, granted } of rows) {
      JSON.parse(attributes)
      const wanted = new Set((JSON.parse(direct) as number[]).flatMap(ancestorsOf).map((group) => targetOf.get(group)))
      const has = new Set(JSON.parse(observed) as number[])
      const ours = new Set(JSON.parse(granted) as number[])
      if (
        wanted.size !== has.size ||
        ours.size !== has.size ||
        ![...wanted].every((group) => group !== undefined && has.has(group))
      )
        differences += 1
      after = id
    }
  }
  const seconds = (performance.now() - started) / 1000
  const cpuSeconds = cpu.seconds()
  raw.close()
  return { seconds, cpuSeconds, memoryMB: peakMemoryMB() - before, differences }
})
