import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect } from 'react'

interface Options {
  readonly scroller: RefObject<HTMLElement>
  readonly count: number
  readonly rowHeight: number
  /** Height of the head that stays at the top of the scroller. */
  readonly headHeight: number
  /** Called when the last rows come near. */
  readonly onEndReached: () => void
}

const rowsAhead = 60

/** The rows in sight of a list of any length, all of one height. */
export function useVirtualRows({ scroller, count, rowHeight, headHeight, onEndReached }: Options) {
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  })
  useEffect(() => {
    if (rowHeight > 0) virtualizer.measure()
  }, [virtualizer, rowHeight])

  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= count - rowsAhead) onEndReached()
  })

  return {
    items: items.map(({ index, start }) => ({ index, offset: start - headHeight })),
    totalSize: virtualizer.getTotalSize(),
    visibleCount: Math.floor((virtualizer.scrollRect?.height ?? 0) / rowHeight),
    show: (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  }
}
