import { openSource } from '@rollcall/sidecar/sources/registry'
import { peakMemoryMB } from '../probes/memory.ts'
import { program } from '../processes/program.ts'
import { type DirectoryFacts, settingsFor } from './directory-facts.ts'

export interface ReadAlone {
  readonly seconds: number
  readonly peakMB: number
  readonly people: number
  readonly groups: number
  readonly memberships: number
}

/** The connector without anything behind it: what reading costs before anything is stored. */
program(async (facts: DirectoryFacts): Promise<ReadAlone> => {
  const source = openSource('openldap', 'ldap', settingsFor(facts))
  const counted = { people: 0, groups: 0, memberships: 0 }
  const began = performance.now()
  for await (const page of source.read(undefined, new AbortController().signal)) {
    if (page.kind === 'identities') counted.people += page.identities.length
    if (page.kind === 'groups') counted.groups += page.groups.length
    if (page.kind === 'members') counted.memberships += page.identities.length + page.groups.length
  }
  const seconds = (performance.now() - began) / 1000
  await source.close()
  return { seconds, peakMB: peakMemoryMB(), ...counted }
})
