import type { Answer } from '../data-center/answer.ts'

/** Errors of the organization API: a key, and what it is about (Cloud user management description). */
export const keyed = (status: number, key: string, context?: object): Answer => ({
  status,
  body: context === undefined ? { key } : { key, context },
})
