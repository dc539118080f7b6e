// biome-ignore-all lint/a11y/useSemanticElements: rows that exist only while in sight are placed freely, which table elements cannot be
import type { OperationView } from '@rollcall/contract/api/plans'
import { useId, useRef } from 'react'
import { useIntl } from 'react-intl'
import { useMedia } from '../../../components/use-media.ts'
import { messages } from '../messages.ts'
import { useGridKeys } from '../use-grid-keys.ts'
import { useVirtualRows } from '../use-virtual-rows.ts'
import styles from './operation-grid.module.css'
import { OperationRow } from './operation-row.tsx'

interface Props {
  readonly operations: readonly OperationView[]
  readonly total: number
  readonly openedId: number | undefined
  readonly onOpen: (operation: OperationView) => void
  readonly onClose: () => void
  readonly onEndReached: () => void
}

const rowHeight = { wide: 40, narrow: 68 } as const
/** More than can be in sight: a row that comes into sight takes over the elements of one that left. */
const slots = 128
const headHeight = { wide: 36, narrow: 0 } as const

/** Changes in a grid of which only the rows in sight exist, walked with the arrow keys. */
export function OperationGrid({ operations, total, openedId, onOpen, onClose, onEndReached }: Props) {
  const intl = useIntl()
  const id = useId()
  const grid = useRef<HTMLDivElement>(null)
  const width = useMedia('(max-width: 640px)') ? 'narrow' : 'wide'
  const rows = useVirtualRows({
    scroller: grid,
    count: operations.length,
    rowHeight: rowHeight[width],
    headHeight: headHeight[width],
    onEndReached,
  })
  const { active, setActive, onKeyDown } = useGridKeys({
    count: operations.length,
    pageSize: Math.max(1, rows.visibleCount - 1),
    show: rows.show,
    isOpen: openedId !== undefined,
    open: (index) => {
      const operation = operations[index]
      if (operation) onOpen(operation)
    },
    close: onClose,
  })
  const rowId = (index: number) => `${id}-${index}`
  const columns = [messages.columnSubject, messages.columnChange, messages.columnStatus]
  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={0}
      aria-label={intl.formatMessage(messages.grid)}
      aria-description={intl.formatMessage(messages.gridHelp)}
      aria-rowcount={total + 1}
      aria-activedescendant={rows.items.some(({ index }) => index === active) ? rowId(active) : undefined}
      className={styles.grid}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={styles.head}>
        <div role="row" aria-rowindex={1} tabIndex={-1} className={styles.headRow}>
          {columns.map((column) => (
            <span key={column.id} role="columnheader" tabIndex={-1}>
              {intl.formatMessage(column)}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={styles.body} style={{ blockSize: rows.totalSize }}>
        {rows.items.map(({ index, offset }) => {
          const operation = operations[index]
          return (
            operation && (
              <OperationRow
                key={index % slots}
                id={rowId(index)}
                operation={operation}
                index={index}
                offset={offset}
                isActive={index === active}
                isOpened={operation.id === openedId}
                onOpen={() => {
                  setActive(index)
                  onOpen(operation)
                }}
              />
            )
          )
        })}
      </div>
    </div>
  )
}
