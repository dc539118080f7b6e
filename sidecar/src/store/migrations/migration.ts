/** The few words in which the two databases differ when tables are made. */
export interface ColumnTypes {
  /** A generated integer primary key: `integer primary key` or an identity column. */
  readonly id: string
  /** Keys, counts and UTC milliseconds. */
  readonly int: string
  /** Behind the column list of a table whose primary key is its whole access path (SQLite: `without rowid`). */
  readonly keyed: string
}

/** One forward step. Numbers are dense from 1; a step that has shipped is never edited. */
export interface Migration {
  readonly number: number
  readonly name: string
  /** Statements in order; they run in one transaction and rewrite no more than 100,000 rows. */
  readonly statements: (types: ColumnTypes) => readonly string[]
}
