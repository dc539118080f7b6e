import { isObject } from './wire.ts'

/** Where the next delta starts. */
export interface GraphCursor {
  /** What the links were made for; with other settings they are of no use. */
  readonly scope: string
  readonly users: string
  readonly groups: string
  /** True when a group with hidden membership has shown members: we have the right to read them. */
  readonly hiddenMembersSeen: boolean
}

export const writeCursor = (cursor: GraphCursor): string => JSON.stringify(cursor)

/** A cursor that cannot be read, or is of other settings, is as good as none. */
export function readCursor(text: string | undefined, scope: string): GraphCursor | undefined {
  const cursor = parsed(text)
  if (!isObject(cursor) || cursor.scope !== scope) return undefined
  const { users, groups, hiddenMembersSeen } = cursor
  if (typeof users !== 'string' || typeof groups !== 'string') return undefined
  return { scope, users, groups, hiddenMembersSeen: hiddenMembersSeen === true }
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
