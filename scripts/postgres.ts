import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'

/** A PostgreSQL of our own, gone with `stop`. */
interface ThrowAwayPostgres {
  readonly url: string
  stop(): Promise<void>
}

const debianServers = '/usr/lib/postgresql'

/** The folder of `initdb` and `postgres`, or `undefined` when no server is installed (Debian: package `postgresql`). */
export function findPostgres(): string | undefined {
  const debian = existsSync(debianServers)
    ? readdirSync(debianServers)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(debianServers, version, 'bin'))
    : []
  const folders = [...debian, ...(process.env.PATH ?? '').split(':')]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

/**
 * Starts PostgreSQL on a free port of loopback, in a folder that goes with it. Without fsync: it holds nothing but tests.
 * The server refuses to run as root, so root becomes the user `postgres` for it.
 */
export async function startPostgres(binaries = findPostgres()): Promise<ThrowAwayPostgres> {
  if (binaries === undefined) throw new Error('No PostgreSQL server is installed (Debian: apt-get install postgresql).')
  const owner = serverUser()
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-postgres-'))
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  execFileSync(join(binaries, 'initdb'), ['-D', data, '-U', 'rollcall', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...owner,
    cwd: folder,
    stdio: 'ignore',
  })
  const port = await freePort()
  const settings = [
    'fsync=off',
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    'max_connections=200',
  ]
  const server = spawn(
    join(binaries, 'postgres'),
    ['-D', data, '-p', String(port), ...settings.flatMap((s) => ['-c', s])],
    {
      ...owner,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  const ended = new Promise((resolve) => server.once('exit', resolve).once('error', resolve))
  // At once (SIGQUIT), and its folder only after it: until then it writes.
  const stop = async () => {
    server.kill('SIGQUIT')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  await accepting(server).catch(async (error) => {
    await stop()
    throw error
  })
  return { url: `postgres://rollcall@127.0.0.1:${port}/postgres`, stop }
}

function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (option: string) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** The server says on standard error when it accepts connections; whatever it said before goes into the failure. */
function accepting(server: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stderr?.on('data', (chunk: Buffer) => {
      said += chunk
      if (said.includes('ready to accept connections')) resolve()
    })
    server.on('error', reject)
    server.on('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${said.slice(-500)}`)))
  })
}

if (import.meta.main) {
  const { url, stop } = await startPostgres()
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  console.log(url)
}
