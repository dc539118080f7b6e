/** 0 or 1: SQLite has no boolean, and both databases must mean the same. */
export type Flag = 0 | 1

/** JSON text. */
export type Json = string

export type Maybe<T> = T | null
