import type { Answer } from '../data-center/answer.ts'
import type { Asked } from '../data-center/product.ts'
import type { User } from '../data-center/user.ts'
import type { Bitbucket } from './bitbucket.ts'

/** One request that somebody who is signed in may make. */
export interface Call extends Asked {
  readonly bitbucket: Bitbucket
  readonly caller: User
}

export type Handler = (call: Call) => Answer

/** Answers a caller who may be nobody. */
export type OpenHandler = (call: Omit<Call, 'caller'>) => Answer
