import type { RefusedWrite } from '../data-center/write-failure.ts'
import type { CrowdMemory } from './crowd-memory.ts'
import { writeFailure } from './write-failure.ts'

export type AcceptWrite = (write: RefusedWrite) => void

/** Takes the answer to a write for done, or throws what it says. */
export const createAcceptWrite =
  (memory: CrowdMemory): AcceptWrite =>
  (write) => {
    if (write.answer.status >= 300) throw writeFailure(memory, write)
    memory.succeeded(write.ability)
  }
