import type { NewPause, PauseList, PauseView } from '@rollcall/contract/api/pauses'
import { type Command, Option } from 'commander'
import { instant, print } from '../print.ts'
import { withService } from '../with-service.ts'

interface ScopeOptions {
  readonly connection?: string
  readonly target?: string
  readonly all?: boolean
  readonly reason?: string
}

const scopes = [
  new Option('--connection <name>', 'slug of one connection').conflicts(['target', 'all']),
  new Option('--target <name>', 'slug of one target').conflicts(['connection', 'all']),
  new Option('--all', 'everything').conflicts(['connection', 'target']),
]

export function addPauseCommands(program: Command): void {
  const pause = program.command('pause').description('finish requests under way and send nothing more, until `resume`')
  for (const scope of scopes) pause.addOption(scope)
  pause.option('--reason <text>', 'why, for whoever finds it').action((options: ScopeOptions, command: Command) => {
    const scope = scopeOf(options, command)
    return withService(command, async (client) => {
      await client.call('POST', '/pauses', { ...scope, ...(options.reason && { reason: options.reason }) })
      print('Paused. `rollcall resume` lets it go on.')
    })
  })

  const resume = program.command('resume').description('let go on what `pause` stopped')
  for (const scope of scopes) resume.addOption(scope)
  resume.action((options: ScopeOptions, command: Command) =>
    withService(command, async (client) => {
      const { pauses } = await client.call<PauseList>('GET', '/pauses')
      const found = pauses.filter((pause) => isMeant(pause, options))
      for (const { id } of found) await client.call('DELETE', `/pauses/${id}`)
      if (found.length > 0) print('Resumed.')
      else if (pauses.length === 0) print('Nothing is paused by hand.')
      else for (const pause of pauses) print(describePause(pause))
      if (found.length === 0) process.exitCode = 1
    }),
  )
}

function scopeOf({ connection, target, all }: ScopeOptions, command: Command): NewPause {
  if (connection !== undefined) return { connection }
  if (target !== undefined) return { target }
  if (all) return { everything: true }
  return command.error('Say what to pause: --connection, --target or --all.')
}

/** `--all` ends every pause; without any option so does nothing, and what is paused is listed. */
function isMeant({ what, slug }: PauseView, { connection, target, all }: ScopeOptions): boolean {
  if (all) return true
  return (what === 'connection' && slug === connection) || (what === 'target' && slug === target)
}

const describePause = ({ what, name, by, at, reason }: PauseView): string =>
  `  ${name === undefined ? 'Everything' : `${what === 'target' ? 'Target' : 'Connection'} ${name}`}: paused by ${by}, ${instant(at)}${reason === undefined ? '' : `: ${reason}`}`
