import { type RawBuilder, sql } from 'kysely'

/**
 * A number column whose index is not used. Reading by key range (`where … and id > after order by id limit n`) SQLite
 * otherwise takes the index of that column, and sorts all of its rows again for every range.
 */
export const unindexed = <T extends number>(column: string): RawBuilder<T> => sql<T>`${sql.ref(column)} + 0`
