import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './document.ts'

const program = join(root, 'sidecar/src/cli/rollcall.ts')

const printed = new Map<string, string>()

/** What `rollcall COMMAND --help` prints: the truth about the command line, taken from the command line, once. */
export function commandHelp(command: readonly string[]): string {
  const key = command.join(' ')
  const help = printed.get(key) ?? print(command)
  printed.set(key, help)
  return help
}

const print = (command: readonly string[]): string =>
  execFileSync(process.execPath, [program, ...command, '--help'], { encoding: 'utf8', env: neutral() }).trimEnd()

/** Defaults that come from the environment of whoever runs this are nobody else's. */
const neutral = (): NodeJS.ProcessEnv => {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('ROLLCALL_'))
  return { ...Object.fromEntries(others), NO_COLOR: '1' }
}

/** Names of the commands that a help text lists. */
export function commandsIn(help: string): readonly string[] {
  const list = /\nCommands:\n([\s\S]*)$/.exec(help)?.[1] ?? ''
  return [...list.matchAll(/^ {2}([a-z]+)\b/gm)].map(([, name = '']) => name).filter((name) => name !== 'help')
}
