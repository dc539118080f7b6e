import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { findSlapd } from '../../../scripts/slapd.ts'
import { type Company, generateCompany } from '../../ldap/company/company.ts'
import { startCompany } from '../../ldap/servers/start-company.ts'
import type { Bench, BenchOptions, Measurement } from '../bench.ts'
import { median } from '../median.ts'
import { serviceFlags } from '../processes/service-flags.ts'
import { runProgram } from '../processes/start-process.ts'
import { directoryChanges } from './directory-changes.ts'
import type { DirectoryFacts } from './directory-facts.ts'
import type { ReadAlone } from './read-alone.ts'
import type { DirectoryReading, DirectoryReadingInput } from './read-directory.ts'
import type { ReadByLdapts } from './read-ldapts.ts'
import { searchDirectory } from './search-directory.ts'

interface Round {
  readonly bare: number
  readonly alone: ReadAlone
  readonly ldapts: ReadByLdapts
  readonly first: DirectoryReading
  readonly unchanged: DirectoryReading
  readonly changes: DirectoryReading
  readonly everybody: DirectoryReading
  readonly listed: DirectoryReading
}

interface Setup {
  readonly directory: DirectoryFacts
  readonly happen: ReturnType<typeof directoryChanges>
  readonly options: BenchOptions
}

export const ldapBench: Bench = {
  name: 'ldap',
  does: 'reads an OpenLDAP and stores it: 100,000 people, 10,000 groups, one with everybody, 1,000,000 memberships',
  async run(options) {
    if (findSlapd() === undefined) throw new Error('OpenLDAP is missing (Debian: apt-get install slapd ldap-utils).')
    const { scale, rounds, say } = options
    const company = generateCompany({
      seed: 2026,
      people: 100_000 * scale,
      groups: 10_000 * scale,
      memberships: 1_000_000 * scale,
    })
    const done: Round[] = []
    for (let n = 0; n < rounds; n += 1) done.push(await roundOf(company, options))
    const { people, groups, memberships } = (done[0] as Round).alone
    say(`${people} people, ${groups} groups, ${memberships} memberships`)
    return measurements(done)
  },
}

/** A server for each round: readings by time overlap, and what changed in one round would change again in the next. */
async function roundOf(company: Company, options: BenchOptions): Promise<Round> {
  const slapd = await startCompany(company)
  try {
    const directory = { url: slapd.url, suffix: company.suffix }
    // Whatever is read for the first time comes from the disk.
    await searchDirectory(directory, join(options.folder, 'warm.ldif'))
    return await round({ directory, happen: directoryChanges(slapd, company), options })
  } finally {
    await slapd.stop()
  }
}

/** Floor and readings one after the other: what the machine does meanwhile happens to all of them. */
async function round({ directory, happen, options }: Setup): Promise<Round> {
  const dataFolder = join(options.folder, 'ldap')
  const read = (more: Partial<DirectoryReadingInput>) => readStored({ directory, dataFolder, whole: false, ...more })
  const bare = await searchDirectory(directory, join(options.folder, 'bare.ldif'))
  const alone: ReadAlone = await runProgram(new URL('./read-alone.ts', import.meta.url), directory, serviceFlags)
  const ldapts: ReadByLdapts = await runProgram(new URL('./read-ldapts.ts', import.meta.url), directory, serviceFlags)
  expectSame(alone, ldapts)
  const first = await read({ whole: true })
  const unchanged = await read({ whole: true })
  await happen.make(100)
  const changes = await read({})
  await happen.touchEverybody()
  const everybody = await read({})
  const listed = await read({ enumerate: true })
  rmSync(dataFolder, { recursive: true })
  expectForms({ first, unchanged, changes, everybody, listed })
  options.say(
    `bare ${bare.toFixed(2)} s, read alone ${alone.seconds.toFixed(2)} s, by ldapts ${ldapts.seconds.toFixed(2)} s, first load ${first.seconds.toFixed(2)} s, unchanged ${unchanged.seconds.toFixed(2)} s, 100 changes ${changes.seconds.toFixed(2)} s`,
  )
  return { bare, alone, ldapts, first, unchanged, changes, everybody, listed }
}

const readStored = (input: DirectoryReadingInput) =>
  runProgram<DirectoryReadingInput, DirectoryReading>(
    new URL('./read-directory.ts', import.meta.url),
    input,
    serviceFlags,
  )

/** Both saw the same entries; some members that ldapts counts are nobody. */
function expectSame(alone: ReadAlone, ldapts: ReadByLdapts): void {
  if (alone.people === ldapts.people && alone.groups === ldapts.groups && alone.memberships <= ldapts.members) return
  throw new Error(`The readings are not of the same entries: ${JSON.stringify({ alone, ldapts })}`)
}

/** What was measured is what the table says. */
function expectForms(
  readings: Readonly<Record<'first' | 'unchanged' | 'changes' | 'everybody' | 'listed', DirectoryReading>>,
) {
  const said = Object.fromEntries(
    Object.entries(readings).map(([name, { summary }]) => [
      name,
      `${summary.form}, ${summary.identities.changed} people changed, ${summary.memberships.added} memberships added`,
    ]),
  )
  const forms = Object.values(readings).map(({ summary }) => summary.form)
  const { unchanged, changes } = readings
  const still = unchanged.summary.identities.changed + unchanged.summary.memberships.added === 0
  const seen = changes.summary.identities.changed === 50 && changes.summary.memberships.added === 50
  if (!still || !seen || forms.join() !== 'snapshot,snapshot,delta,delta,delta') {
    throw new Error(`The readings are not those that are to be measured: ${JSON.stringify(said)}`)
  }
}

function measurements(rounds: readonly Round[]): Measurement[] {
  const stored = rounds.flatMap(({ first, unchanged, changes, everybody, listed }) => [
    first,
    unchanged,
    changes,
    everybody,
    listed,
  ])
  const peaks = stored.map(({ peakMB }) => peakMB)
  return [
    besideSearch('full reading, first load', rounds, ({ first }) => first.seconds, 3),
    besideSearch('full reading, unchanged', rounds, ({ unchanged }) => unchanged.seconds, 3),
    besideSearch('the connector alone, nothing stored', rounds, ({ alone }) => alone.seconds),
    besideSearch(
      'the same entries parsed by ldapts as it is, nothing made of them',
      rounds,
      ({ ldapts }) => ldapts.seconds,
    ),
    seconds('100 changes', rounds, ({ changes }) => changes.seconds, 1),
    seconds('one change in the group of everybody', rounds, ({ everybody }) => everybody.seconds),
    seconds('changes, and all ids listed for deletions', rounds, ({ listed }) => listed.seconds),
    {
      what: 'peak memory of any reading',
      unit: 'MB',
      value: Math.max(...peaks),
      rounds: peaks,
      aim: { of: 'value', atMost: 450 },
    },
    {
      what: 'peak memory of the connector alone',
      unit: 'MB',
      value: Math.max(...rounds.map(({ alone }) => alone.peakMB)),
      rounds: rounds.map(({ alone }) => alone.peakMB),
    },
    {
      what: 'peak memory of ldapts as it is',
      unit: 'MB',
      value: Math.max(...rounds.map(({ ldapts }) => ldapts.peakMB)),
      rounds: rounds.map(({ ldapts }) => ldapts.peakMB),
    },
  ]
}

function besideSearch(
  what: string,
  rounds: readonly Round[],
  of: (round: Round) => number,
  atMost?: number,
): Measurement {
  return {
    ...seconds(what, rounds, of),
    floor: median(rounds.map(({ bare }) => bare)),
    ratio: median(rounds.map((round) => of(round) / round.bare)),
    ...(atMost !== undefined && { aim: { of: 'ratio', atMost } }),
    note: 'the floor is ldapsearch in pages of 1,000, writing the same entries to a file',
  }
}

function seconds(what: string, rounds: readonly Round[], of: (round: Round) => number, atMost?: number): Measurement {
  const values = rounds.map(of)
  return {
    what,
    unit: 's',
    value: median(values),
    rounds: values,
    ...(atMost !== undefined && { aim: { of: 'value', atMost } }),
  }
}
