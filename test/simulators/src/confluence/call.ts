import type { Answer } from '../data-center/answer.ts'
import type { Asked } from '../data-center/product.ts'
import type { Confluence } from './confluence.ts'

/** One request that its caller may make. */
export interface Call extends Asked {
  readonly confluence: Confluence
}

export type Handler = (call: Call) => Answer
