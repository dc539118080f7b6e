import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './document.ts'

const program = join(root, 'sidecar/src/cli/rollcall.ts')

/** What `rollcall help COMMAND` prints: the truth about the command line, taken from the command line. */
export function commandHelp(command: readonly string[]): string {
  const { ROLLCALL_DATA: _data, ROLLCALL_URL: _url, ...environment } = process.env
  const options = { encoding: 'utf8', env: { ...environment, NO_COLOR: '1', COLUMNS: '100' } } as const
  return execFileSync(process.execPath, [program, ...command, '--help'], options).trimEnd()
}

/** Names of the commands that a help text lists. */
export function commandsIn(help: string): readonly string[] {
  const list = /\nCommands:\n([\s\S]*)$/.exec(help)?.[1] ?? ''
  return [...list.matchAll(/^ {2}([a-z]+)\b/gm)].map(([, name = '']) => name).filter((name) => name !== 'help')
}
