import type { ExternalId } from '../../identity/ids.ts'
import type { Directory } from './directory.ts'
import { entryId } from './entry-id.ts'
import type { CountPage } from './reading-limits.ts'

export interface Named {
  readonly dn: Buffer
  readonly id: ExternalId
  /** Login name of a person, name of a group. */
  readonly name: string
}

/** Everybody there is, by names and ids alone, which costs a fraction of a reading. */
export async function* enumerate(
  { session, layout }: Directory,
  what: 'people' | 'groups',
  count: CountPage,
): AsyncGenerator<readonly Named[]> {
  const { base, filter, id } = what === 'people' ? layout.users : layout.groups
  const name = what === 'people' ? layout.users.login : layout.groups.name
  for await (const page of session.search({ what, base, filter, attributes: [id, name] })) {
    count(page)
    // Whom a reading leaves out does not exist here either.
    yield page.entries.flatMap((entry): Named[] => {
      const text = entry.text(name)
      return text === undefined || text.trim() === '' ? [] : [{ dn: entry.dnBytes, id: entryId(entry, id), name: text }]
    })
  }
}
