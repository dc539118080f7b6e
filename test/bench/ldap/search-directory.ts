import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { bindDn, passwordOf } from '../../ldap/servers/bind-accounts.ts'
import { type DirectoryFacts, searched } from './directory-facts.ts'

/** The floor: `ldapsearch` writes all people, then all groups, to a file, in pages of a thousand. */
export async function searchDirectory(facts: DirectoryFacts, file: string): Promise<number> {
  const began = performance.now()
  const to = openSync(file, 'w')
  try {
    for (const filter of [searched.people, searched.groups]) await search(facts, filter, to)
  } finally {
    closeSync(to)
  }
  return (performance.now() - began) / 1000
}

async function search({ url, suffix }: DirectoryFacts, filter: string, to: number): Promise<void> {
  const words = ['-LLL', '-x', '-H', url, '-D', bindDn('reader', suffix), '-w', passwordOf('reader'), '-b', suffix]
  const child = spawn('ldapsearch', [...words, '-E', 'pr=1000/noprompt', filter, ...searched.attributes], {
    stdio: ['ignore', to, 'inherit'],
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`ldapsearch ended with ${code}.`)
}
