import type { Kysely } from 'kysely'
import { stringify } from 'yaml'
import type { Tables } from '../../store/tables.ts'
import { readConfiguration } from './stored-configuration.ts'

/** The configuration as a file that `rollcall config apply` accepts; secrets stay references. */
export async function exportConfiguration(db: Kysely<Tables>): Promise<string> {
  const { targets, connections, notices } = await readConfiguration(db)
  return stringify(
    {
      version: 1,
      targets: targets.map(({ entry }) => entry),
      connections: connections.map(({ entry }) => entry),
      ...(notices && { notices: notices.entry }),
    },
    { lineWidth: 120, aliasDuplicateObjects: false },
  )
}
