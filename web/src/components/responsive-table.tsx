// biome-ignore-all lint/a11y/noRedundantRoles: a table whose `display` is another loses its roles unless they are written out
import type { ReactNode } from 'react'
import styles from './responsive-table.module.css'

interface Column<Key extends string> {
  readonly key: Key
  readonly header: string
  readonly isNumber?: boolean
  readonly isRowHeader?: boolean
  /** Takes the whole width where the table becomes a list. */
  readonly isWide?: boolean
}

interface Props<Key extends string> {
  readonly caption: string
  readonly columns: readonly Column<Key>[]
  readonly rows: readonly { readonly key: string | number; readonly cells: Readonly<Record<Key, ReactNode>> }[]
}

/** A table that becomes a list of terms and values where it would not fit. */
export function ResponsiveTable<Key extends string>({ caption, columns, rows }: Props<Key>) {
  const classOf = ({ isNumber, isWide }: Column<Key>) =>
    [isNumber && styles.number, isWide && styles.wide].filter(Boolean).join(' ') || undefined
  return (
    <table className={styles.table} role="table">
      <caption className="visually-hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.key} scope="col" role="columnheader" className={classOf(column)}>
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={row.key} role="row">
            {columns.map((column) => {
              const Cell = column.isRowHeader ? 'th' : 'td'
              return (
                <Cell
                  key={column.key}
                  {...(column.isRowHeader && { scope: 'row' })}
                  role={column.isRowHeader ? 'rowheader' : 'cell'}
                  className={classOf(column)}
                >
                  <span className={styles.term} aria-hidden="true">
                    {column.header}
                  </span>
                  <div className={styles.value}>{row.cells[column.key]}</div>
                </Cell>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
