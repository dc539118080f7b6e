import { useState } from 'react'
import type { useOperations } from '../api/operations.ts'
import styles from './operation-browser.module.css'
import { OperationDetails } from './operation-details.tsx'
import { OperationGrid } from './operation-grid.tsx'

interface Props {
  readonly result: ReturnType<typeof useOperations>
  readonly onSubject?: (subject: string) => void
}

/** The list, and beside it the change that was opened; moving through the list moves it along. */
export function OperationBrowser({ result, onSubject }: Props) {
  const { query, operations, total } = result
  const [openedId, setOpenedId] = useState<number>()
  const opened = operations.find((operation) => operation.id === openedId)
  const close = () => setOpenedId(undefined)
  return (
    <div className={styles.browser} data-opened={opened !== undefined}>
      <OperationGrid
        operations={operations}
        total={total}
        openedId={opened?.id}
        onOpen={(operation) => setOpenedId(operation.id)}
        onClose={close}
        onEndReached={() => {
          if (query.hasNextPage && !query.isFetching) void query.fetchNextPage()
        }}
      />
      {opened && <OperationDetails operation={opened} onClose={close} {...(onSubject && { onSubject })} />}
    </div>
  )
}
