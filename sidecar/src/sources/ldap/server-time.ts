import type { Directory } from './directory.ts'
import { timeOf } from './generalized-time.ts'

/** Where servers tell their time, or up to when their content is complete; OpenLDAP and 389 only to whom they let. */
const clocks = [
  { dn: 'cn=Current,cn=Time,cn=Monitor', attribute: 'monitorTimestamp' },
  { dn: 'cn=monitor', attribute: 'currentTime' },
] as const

/**
 * The time by the server's own clock, which is the one that stamps changes: ours may differ. `undefined` when it does not
 * tell.
 */
export async function serverTime({ session, root, settings }: Directory): Promise<number | undefined> {
  const told = timeOf(root.text('currentTime') ?? '')
  if (told !== undefined) return told
  for (const { dn, attribute } of clocks) {
    const time = timeOf((await session.entry(dn, [attribute]))?.text(attribute) ?? '')
    if (time !== undefined) return time
  }
  return newestChange((await session.entry(settings.baseDn, ['contextCSN']))?.texts('contextCSN') ?? [])
}

/** `contextCSN` begins with the time of the last change of each provider (OpenLDAP, slapo-syncprov). */
function newestChange(numbers: readonly string[]): number | undefined {
  const times = numbers.flatMap((number) => timeOf(number.split('#', 1)[0] ?? '') ?? [])
  return times.length === 0 ? undefined : Math.max(...times)
}
