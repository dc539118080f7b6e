import { fold } from '../data-center/names.ts'

/** Names of deleted users stay with what they did, until they are erased (Bitbucket REST, users). */
export function createDeletedUsers() {
  const names = new Set<string>()
  let erased = 0
  return {
    add: (name: string): void => void names.add(fold(name)),
    has: (name: string): boolean => names.has(fold(name)),
    /** Irreversible; gives the name that takes its place. */
    erase(name: string): string {
      names.delete(fold(name))
      erased += 1
      return `user-${erased.toString(36).padStart(5, '0')}`
    },
    saved: () => ({ names: [...names], erased }),
    restore(saved: { names: string[]; erased: number }): void {
      for (const name of saved.names) names.add(name)
      erased = saved.erased
    },
  }
}
