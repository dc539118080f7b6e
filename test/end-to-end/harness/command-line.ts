import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { commandFile } from './child-service.ts'

export interface Said {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

/** Runs `rollcall` as a shell does, with nobody at the terminal. */
export async function rollcall(
  environment: Readonly<Record<string, string>>,
  ...words: readonly string[]
): Promise<Said> {
  const child = spawn(process.execPath, [commandFile, ...words], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [output, errors]: [string[], string[]] = [[], []]
  child.stdout.on('data', (chunk) => void output.push(String(chunk)))
  child.stderr.on('data', (chunk) => void errors.push(String(chunk)))
  const [code] = await once(child, 'close')
  return { code, output: output.join(''), errors: errors.join('') }
}
