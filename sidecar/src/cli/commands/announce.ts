import type { AnnouncementList, AnnouncementView, NewAnnouncement } from '@rollcall/contract/api/announcements'
import { type Command, Option } from 'commander'
import { instant, print, printJson } from '../print.ts'
import { readDate, readEnd } from '../read-date.ts'
import { withService } from '../with-service.ts'

interface AddOptions {
  readonly connection: string
  readonly group?: string
  readonly filter?: string
  readonly people: string
  readonly from: number
  readonly until: number
  readonly reason: string
}

interface ListOptions {
  readonly connection?: string
  readonly json?: boolean
}

export function addAnnounceCommand(program: Command): void {
  const announce = program
    .command('announce')
    .description('people who are about to leave: the limits do not count them')
  announce
    .command('add')
    .description('announce a leaving')
    .requiredOption('--connection <name>', 'slug of the connection')
    .addOption(new Option('--group <name>', 'source group whose people leave').conflicts('filter'))
    .addOption(new Option('--filter <expression>', 'CEL condition that they meet').conflicts('group'))
    .requiredOption('--people <number>', 'how many, on each target')
    .requiredOption('--from <date>', 'first day, UTC', readDate)
    .requiredOption('--until <date>', 'last day, UTC', readEnd)
    .requiredOption('--reason <text>', 'why, for whoever finds it')
    .action((options: AddOptions, command: Command) => {
      const body = bodyOf(options, command)
      return withService(command, async (client) => {
        const { id } = await client.call<{ id: number }>('POST', '/announcements', body)
        print(`Announced as ${id}. Up to ${body.people} of them are not counted, ${windowOf(body)}.`)
      })
    })
  announce
    .command('list')
    .description('every announcement')
    .option('--connection <name>', 'slug of one connection')
    .option('--json', 'print as JSON')
    .action(({ connection, json }: ListOptions, command: Command) =>
      withService(command, async (client) => {
        const query = connection === undefined ? '' : `?connection=${encodeURIComponent(connection)}`
        const { announcements } = await client.call<AnnouncementList>('GET', `/announcements${query}`)
        if (json) printJson(announcements)
        else if (announcements.length === 0) print('Nothing is announced.')
        else for (const one of announcements) printAnnouncement(one)
      }),
    )
  announce
    .command('remove')
    .description('take announcements back')
    .argument('<announcement...>', 'numbers of announcements')
    .action((ids: string[], _: unknown, command: Command) =>
      withService(command, async (client) => {
        for (const id of ids) await client.call('DELETE', `/announcements/${encodeURIComponent(id)}`)
        print(`Taken back: ${ids.length}.`)
      }),
    )
}

function bodyOf({ group, filter, people, ...said }: AddOptions, command: Command): NewAnnouncement {
  const common = { ...said, people: Number(people) }
  if (group !== undefined) return { ...common, group }
  if (filter !== undefined) return { ...common, filter }
  return command.error('Say who leaves: --group or --filter.')
}

const windowOf = ({ from, until }: Pick<AnnouncementView, 'from' | 'until'>): string =>
  `from ${instant(from)} until ${instant(until)}`

function printAnnouncement(announcement: AnnouncementView): void {
  const { id, connection, group, filter, people, reason, by } = announcement
  print(`  ${id}  ${people} people of ${connection.name}, ${group ?? filter}, ${windowOf(announcement)}`)
  print(`      ${reason} (${by})`)
}
