import type { TargetList, TargetView } from '@rollcall/contract/api/targets'
import type { Command } from 'commander'
import { instant, print, printJson } from '../print.ts'
import type { ServiceClient } from '../service-client.ts'
import { withService } from '../with-service.ts'

export function addTargetsCommand(program: Command): void {
  const targets = program
    .command('targets')
    .description('every product: version, directory for new accounts, ways, seats, and whether it is still the same')
    .option('--json', 'print as JSON')
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      await withService(command, async (client) => {
        const list = await client.call<TargetList>('GET', '/targets')
        if (json) printJson(list.targets)
        else if (list.targets.length === 0) print('There is no target.')
        else for (const target of list.targets) printTarget(target)
      })
    })
  targets
    .command('confirm')
    .description('say that a target which is not as it was connected is the right one')
    .argument('<target>', 'slug of the target')
    .requiredOption('--code <code>', 'code of what it says now, as `rollcall targets` shows it')
    .action((target: string, { code }: { code: string }, command: Command) =>
      withService(command, (client) => confirm(client, target, code)),
    )
}

async function confirm(client: ServiceClient, target: string, code: string): Promise<void> {
  await client.call('POST', `/targets/${encodeURIComponent(target)}/confirm`, { code })
  print(`Confirmed. The next run plans ${target} as what it is now.`)
}

function printTarget(target: TargetView): void {
  const { slug, name, kindLabel, product = kindLabel, version, paused } = target
  print(`${name} (${slug}): ${product}${version === undefined ? '' : ` ${version}`}${paused ? ', paused' : ''}`)
  for (const line of linesOf(target)) print(`  ${line}`)
}

function linesOf(target: TargetView): readonly string[] {
  const { observedAt, accounts, claimed, unclaimed, missing, unboundGroups, directory } = target
  return [
    observedAt === undefined ? 'Not observed yet.' : `Observed ${instant(observedAt)}.`,
    `${accounts} accounts: ${claimed} managed${missing === 0 ? '' : ` (${missing} of them gone)`}, ${unclaimed} by nobody here; ${unboundGroups} groups tied to no connection.`,
    ...(directory ? [`New accounts go to ${directory.name ?? 'a directory it does not name'}: ${directory.why}`] : []),
    ...target.seats.map(({ application, remaining }) =>
      remaining === undefined ? `${application}: no limit of seats told.` : `${application}: ${remaining} seats left.`,
    ),
    ...fingerprintLines(target),
    ...target.abilities.map(({ kind, able, way, note }) =>
      [able ? `${kind} goes by ${way}` : `${kind} cannot be done`, ...(note === undefined ? [] : [note])].join(': '),
    ),
  ]
}

function fingerprintLines({ slug, fingerprint: { state, changes, code } }: TargetView): readonly string[] {
  if (state === 'unknown') return ['It was never reached, so nothing is known of it.']
  if (state === 'known') return ['It is the instance that was connected.']
  return [
    'It is not as it was connected, so its plans are held:',
    ...changes.map((change) => `  ${change}`),
    `  If it is right: rollcall targets confirm ${slug} --code ${code}`,
  ]
}
