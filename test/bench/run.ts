import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Bench, isMet, type Measurement } from './bench.ts'
import { incrementalBench } from './incremental/incremental-bench.ts'
import { ldapBench } from './ldap/ldap-bench.ts'
import { planningBench } from './planning/planning-bench.ts'
import { tableOf } from './print-table.ts'
import { productsBench } from './products/products-bench.ts'
import { provisioningBench } from './provisioning/provisioning-bench.ts'
import { readingBench } from './reading/reading-bench.ts'
import { scimBench } from './scim/scim-bench.ts'

const benches: readonly Bench[] = [
  readingBench,
  planningBench,
  incrementalBench,
  provisioningBench,
  productsBench,
  scimBench,
  ldapBench,
]

const usage = `pnpm bench [name…] [--quick] [--rounds N]

${benches.map(({ name, does }) => `  ${name.padEnd(14)}${does}`).join('\n')}

  --quick       a twentieth of the size: for trying; the aims are those of the full size
  --rounds N    how often what is short is repeated; 3 without it`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, rounds: { type: 'string' }, help: { type: 'boolean' } },
})
const unknown = positionals.filter((name) => !benches.some((bench) => bench.name === name))
if (values.help || unknown.length > 0) {
  console.log(unknown.length > 0 ? `There is no bench called ${unknown.join(', ')}.\n\n${usage}` : usage)
  process.exit(unknown.length > 0 ? 2 : 0)
}

const scale = values.quick ? 0.05 : 1
const rounds = Number(values.rounds ?? 3)
const chosen = benches.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
const results: { readonly bench: string; readonly measurements: readonly Measurement[] }[] = []
try {
  for (const bench of chosen) {
    console.log(`\n${bench.name}: ${bench.does}`)
    const say = (text: string) => console.log(`  ${text}`)
    results.push({ bench: bench.name, measurements: await bench.run({ scale, rounds, folder, say }) })
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
  console.log(results.map(({ bench, measurements }) => `\n${bench}\n${tableOf(measurements)}`).join('\n'))
  console.log(`\nWritten to ${store()}`)
}
const missed = results.flatMap(({ measurements }) => measurements).filter((one) => isMet(one) === false)
console.log(missed.length === 0 ? 'Every aim was met.' : `${missed.length} aims were missed.`)

/** One file for each run, so that runs can be compared. */
function store(): string {
  const results_ = results.map(({ bench, measurements }) => ({
    bench,
    measurements: measurements.map((one) => ({ ...one, met: isMet(one) })),
  }))
  const at = new Date().toISOString()
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length }
  const to = join(import.meta.dirname, 'results')
  mkdirSync(to, { recursive: true })
  const file = join(to, `${at.replaceAll(':', '-')}.json`)
  writeFileSync(file, `${JSON.stringify({ at, scale, rounds, machine, results: results_ }, undefined, 2)}\n`)
  return file
}
