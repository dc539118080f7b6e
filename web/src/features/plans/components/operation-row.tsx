// biome-ignore-all lint/a11y/useSemanticElements: rows that exist only while in sight are placed freely, which table elements cannot be
import type { OperationView } from '@rollcall/contract/api/plans'
import { memo } from 'react'
import { DirectionSign } from './direction-sign.tsx'
import { OperationLozenge } from './operation-lozenge.tsx'
import styles from './operation-row.module.css'

interface Props {
  readonly id: string
  readonly operation: OperationView
  readonly index: number
  readonly offset: number
  readonly isActive: boolean
  readonly isOpened: boolean
  readonly onOpen: () => void
}

/** One change in one line; two lines where it is narrow. */
export const OperationRow = memo(function OperationRow(props: Props) {
  const { id, operation, index, offset, isActive, isOpened, onOpen } = props
  return (
    // The grid handles the keys; a row only takes the click.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      id={id}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={isOpened}
      data-active={isActive}
      className={styles.row}
      style={{ transform: `translateY(${offset}px)` }}
      onClick={onOpen}
    >
      <span className={styles.sign} role="gridcell" tabIndex={-1}>
        <DirectionSign kind={operation.kind} />
        <span className={styles.subject} title={operation.subject}>
          {operation.subject}
        </span>
      </span>
      <span className={styles.text} role="gridcell" tabIndex={-1} title={operation.description}>
        {operation.description}
      </span>
      <span className={styles.status} role="gridcell" tabIndex={-1}>
        <OperationLozenge status={operation.status} />
      </span>
    </div>
  )
}, sameRow)

function sameRow(a: Props, b: Props): boolean {
  return (
    a.operation === b.operation &&
    a.index === b.index &&
    a.offset === b.offset &&
    a.isActive === b.isActive &&
    a.isOpened === b.isOpened
  )
}
