import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Store } from '../store/open-database.ts'
import { openTestStore } from '../store/testing/databases.ts'
import { createMetrics, type Metrics } from './metrics.ts'

const documentOf = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8')
const ours = /\b(?:rollcall|nodejs|process)_[a-z0-9_]+\b/g
/** What Prometheus makes of a histogram. */
const parts = /_(?:bucket|sum|count)$/

let store: Store
let metrics: Metrics
beforeAll(async () => {
  store = await openTestStore()
  const runs = { subscribe: () => () => {} }
  metrics = createMetrics({ db: store.db, now: () => 0, environment: {}, runs, report: () => {} })
})
afterAll(async () => {
  await metrics.close()
  await store.close()
})

const unknownIn = (texts: readonly string[]) => {
  const names = new Set(metrics.names())
  const used = texts.flatMap((text) => text.match(ours) ?? [])
  expect(used.length).toBeGreaterThan(5)
  return used.filter((name) => !names.has(name) && !names.has(name.replace(parts, '')))
}

interface AlertRules {
  readonly groups: readonly { readonly rules: readonly { readonly expr: string }[] }[]
}
interface Dashboard {
  readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[]
}

test('every metric of the alert rules exists', () => {
  const { groups } = parse(documentOf('monitoring/alert-rules.yaml')) as AlertRules
  expect(unknownIn(groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)))).toEqual([])
})

test('every metric of the dashboard exists', () => {
  const { panels } = JSON.parse(documentOf('monitoring/grafana-dashboard.json')) as Dashboard
  expect(unknownIn(panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)))).toEqual([])
})

test('the documentation lists every metric of ours, and no other', () => {
  const described = documentOf('monitoring.md').match(/^\| `rollcall_\w+`/gm) ?? []
  const listed = described.map((cell) => cell.replace(/[^\w]/g, '')).sort()
  expect(listed).toEqual(
    metrics
      .names()
      .filter((name) => name.startsWith('rollcall_'))
      .sort(),
  )
})

test('names keep the conventions of Prometheus', async () => {
  const text = await metrics.text()
  for (const [, name = '', type] of text.matchAll(/^# TYPE (rollcall_\w+) (\w+)$/gm)) {
    expect(name.endsWith('_total')).toBe(type === 'counter')
    expect(name).toMatch(/^rollcall_[a-z_]+$/)
  }
})
