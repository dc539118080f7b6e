import { hash } from 'node:crypto'
import { Problem } from '../../problem/problem.ts'
import { graphProblems } from './graph-problems.ts'
import type { Pace } from './patience.ts'
import type { GraphPage } from './wire.ts'

/** Beyond these no reading goes on: a service that never ends would fill disk and time. */
export interface ReadingLimits {
  readonly pages: number
  readonly characters: number
  readonly milliseconds: number
}

export const usualLimits: ReadingLimits = { pages: 500_000, characters: 200e9, milliseconds: 12 * 3_600_000 }

/** Watches one reading over all its rounds. */
export interface ReadingWatch {
  /** Counts a page. */
  page(page: GraphPage): void
  /** Notes a link that is about to be followed; one that was followed before ends the reading. */
  follow(link: string): void
}

export function watchReading(limits: ReadingLimits, pace: Pace): ReadingWatch {
  const deadline = pace.now() + limits.milliseconds
  // Links are long and there may be many of them.
  const followed = new Set<string>()
  let pages = 0
  let characters = 0
  return {
    page(page) {
      pages += 1
      characters += page.size
      if (pages > limits.pages || characters > limits.characters) throw tooLarge(pages, characters)
      if (pace.now() > deadline) throw tooLong(limits)
    },
    follow(link) {
      const digest = hash('sha256', link, 'base64')
      if (followed.has(digest)) throw loops(pages)
      followed.add(digest)
    },
  }
}

const tooLarge = (pages: number, characters: number) =>
  new Problem(graphProblems.graph_reading_too_large, `The reading was ended after ${pages} pages.`, {
    context: { pages, characters },
  })

const tooLong = ({ milliseconds }: ReadingLimits) =>
  new Problem(graphProblems.graph_reading_too_long, `The reading was ended after ${milliseconds / 60_000} minutes.`)

const loops = (pages: number) =>
  new Problem(graphProblems.graph_pages_loop, `After ${pages} pages Graph led back to a page that was read already.`)
