import { Client } from 'ldapts'
import { bindDn, passwordOf } from '../../ldap/servers/bind-accounts.ts'
import { peakMemoryMB } from '../probes/memory.ts'
import { program } from '../processes/program.ts'
import { type DirectoryFacts, searched } from './directory-facts.ts'

export interface ReadByLdapts {
  readonly seconds: number
  readonly peakMB: number
  readonly people: number
  readonly groups: number
  readonly members: number
}

/** What ldapts takes to parse the same entries by itself, page by page; it says what our own parsing gains. */
program(async ({ url, suffix }: DirectoryFacts): Promise<ReadByLdapts> => {
  const client = new Client({ url })
  const counted = { people: 0, groups: 0, members: 0 }
  const began = performance.now()
  await client.bind(bindDn('reader', suffix), passwordOf('reader'))
  for (const what of ['people', 'groups'] as const) {
    const attributes = [...searched.attributes]
    const options = { filter: searched[what], attributes, paged: { pageSize: 1000 } }
    for await (const { searchEntries } of client.searchPaginated(suffix, options)) {
      counted[what] += searchEntries.length
      for (const { member } of searchEntries) counted.members += Array.isArray(member) ? member.length : member ? 1 : 0
    }
  }
  const seconds = (performance.now() - began) / 1000
  await client.unbind()
  return { seconds, peakMB: peakMemoryMB(), ...counted }
})
