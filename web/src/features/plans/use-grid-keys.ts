import { type KeyboardEvent, useState } from 'react'

interface Options {
  readonly count: number
  readonly pageSize: number
  readonly isOpen: boolean
  /** Brings a row into sight. */
  readonly show: (index: number) => void
  readonly open: (index: number) => void
  readonly close: () => void
}

/** The keys of a grid (WAI-ARIA practices, grid pattern): the focus stays on it, the active row moves. */
export function useGridKeys({ count, pageSize, isOpen, show, open, close }: Options) {
  const [chosen, setActive] = useState(0)
  const active = Math.min(chosen, Math.max(0, count - 1))
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + pageSize,
    PageUp: active - pageSize,
    Home: 0,
    End: count - 1,
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key]
    if (move !== undefined) goTo(Math.max(0, Math.min(count - 1, move)))
    else if (event.key === 'Enter' || event.key === ' ') open(active)
    else if (event.key === 'Escape' && isOpen) close()
    else return
    event.preventDefault()
  }
  const goTo = (index: number) => {
    setActive(index)
    show(index)
    if (isOpen) open(index)
  }
  return { active, setActive, onKeyDown }
}
