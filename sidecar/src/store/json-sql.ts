import { type RawBuilder, type SqlBool, sql } from 'kysely'

/**
 * What filters over stored JSON are written with: the part of the dialect that only SQLite has so far. `json` is an SQL
 * expression that gives the text of an object, or null. A path is bound, so that no name of a client is part of a text.
 */
export type Json = RawBuilder<string | null>

/** A path of member names from the top. Names hold no double quotes: neither attributes nor URNs have any. */
export const jsonPath = (names: readonly string[]): string => `$${names.map((name) => `."${name}"`).join('')}`

/** The simple value at a path, and null where there is none. */
export const valueAt = (json: Json, path: string): RawBuilder<string | number | null> => sql`${json} ->> ${path}`

/** Whatever is at a path, as JSON text. */
export const jsonAt = (json: Json, path: string): RawBuilder<string | null> => sql`${json} -> ${path}`

/** A JSON object of columns. */
export const objectWith = (members: Readonly<Record<string, RawBuilder<unknown>>>): RawBuilder<string> =>
  sql`json_object(${sql.join(Object.entries(members).flatMap(([name, value]) => [sql.val(name), value]))})`

/** What a list gives row by row: simple values as they are, objects and arrays as JSON text, and which of these (`type`). */
export interface Elements {
  readonly from: RawBuilder<unknown>
  readonly value: RawBuilder<string | number>
  readonly type: RawBuilder<string>
}

/** The elements of the array at a path; what is no array counts as a list of one. */
export const elementsAt = (json: Json, path: string, alias: string): Elements =>
  elementsFrom(
    sql`json_each(case json_type(${json}, ${path}) when 'array' then ${json} -> ${path}
      else '[' || (${json} -> ${path}) || ']' end) ${sql.ref(alias)}`,
    alias,
  )

export const elementsFrom = (from: RawBuilder<unknown>, alias: string): Elements => ({
  from,
  value: sql.ref(`${alias}.value`) as unknown as RawBuilder<string | number>,
  type: sql.ref(`${alias}.type`) as unknown as RawBuilder<string>,
})

/** The element as an object, and null for every other one: text that is no JSON would be an error. */
export const objectOf = ({ value, type }: Elements): Json =>
  sql<string | null>`case when ${type} = 'object' then ${value} end`

/** True where anything below the path is a simple value other than an empty text. */
export const anythingAt = (json: Json, path: string): RawBuilder<SqlBool> =>
  sql`exists (select 1 from json_tree(${json}, ${path}) where atom <> '')`

/** True where an expression gives text, or a number. */
export const isText = (value: RawBuilder<unknown>): RawBuilder<SqlBool> => sql`typeof(${value}) = 'text'`
export const isNumber = (value: RawBuilder<unknown>): RawBuilder<SqlBool> =>
  sql`typeof(${value}) in ('integer', 'real')`

/** A number as JavaScript read it: large ones are written with digits that they do not have. */
export const asNumber = (value: RawBuilder<unknown>): RawBuilder<number> => sql`cast(${value} as real)`

/** Parts of texts, compared exactly. `length` is in code points. */
export const contains = (text: RawBuilder<unknown>, part: string): RawBuilder<SqlBool> =>
  sql`instr(${text}, ${part}) > 0`
export const startsWith = (text: RawBuilder<unknown>, part: string): RawBuilder<SqlBool> =>
  sql`substr(${text}, 1, ${[...part].length}) = ${part}`
export const endsWith = (text: RawBuilder<unknown>, part: string): RawBuilder<SqlBool> =>
  sql`substr(${text}, ${-[...part].length}) = ${part}`
