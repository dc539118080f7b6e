import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { accepts } from './accepts.ts'
import { findProgram } from './find-program.ts'
import { freePort } from './free-port.ts'
import { modify } from './slapd.ts'

/** A 389 Directory Server of our own on loopback, gone with `stop`. */
export interface ThrowAway389 {
  readonly url: string
  readonly suffix: string
  /** Applies LDIF with change records, as the directory manager. */
  modify(ldif: string): Promise<void>
  stop(): Promise<void>
}

const installedDefaults = '/usr/share/dirsrv/inf/defaults.inf'
const suffix = 'dc=example,dc=com'
const manager = 'cn=Directory Manager'

/** The path of `ns-slapd`, or `undefined` without Debian's package `389-ds-base` and for other users than root, who make instances. */
export const find389 = (): string | undefined =>
  process.platform === 'linux' && process.getuid?.() === 0 && existsSync(installedDefaults)
    ? findProgram('dscreate') && findProgram('ldapmodify') && findProgram('ns-slapd')
    : undefined

/** Creates an instance in a temporary folder, which takes some ten seconds, and starts it. */
export async function start389(program = find389()): Promise<ThrowAway389> {
  if (program === undefined) throw new Error('389 Directory Server is missing (Debian: apt-get install 389-ds-base).')
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-389ds-'))
  const password = randomBytes(12).toString('hex')
  try {
    const port = await freePort()
    writeDefaults(folder)
    await create(folder, port, password)
    listenOnLoopback(folder)
    return await run(program, { folder, port, password })
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

/** `PREFIX` makes the server's tools believe that it is installed there, with these paths: all but the programs. */
function writeDefaults(folder: string): void {
  const own: Readonly<Record<string, string>> = {
    with_systemd: '0',
    prefix: folder,
    initconfig_dir: `${folder}/etc/default`,
    local_state_dir: `${folder}/var`,
    inst_dir: `${folder}/inst/slapd-test`,
    db_home_dir: `${folder}/home/slapd-test`,
  }
  const inFolder = /^(\w+) = \/(?:etc\/dirsrv\/slapd-|run\/|var\/)/
  const text = readFileSync(installedDefaults, 'utf8')
    .split('\n')
    .map((line) => {
      const key = line.split(' = ', 1)[0] ?? ''
      if (own[key] !== undefined) return `${key} = ${own[key]}`
      return inFolder.test(line) ? line.replace(' = ', ` = ${folder}`) : line
    })
  const inf = join(folder, 'share', 'dirsrv', 'inf')
  for (const each of [inf, `${folder}/etc/default`, `${folder}/run`]) mkdirSync(each, { recursive: true })
  writeFileSync(join(inf, 'defaults.inf'), text.join('\n'))
}

async function create(folder: string, port: number, password: string): Promise<void> {
  const file = join(folder, 'instance.inf')
  const lines = [
    ...['[general]', 'config_version = 2', 'full_machine_name = localhost.localdomain', 'strict_host_checking = False'],
    ...['start = False', '[slapd]', 'instance_name = test', `port = ${port}`, `secure_port = ${await freePort()}`],
    ...[`root_dn = ${manager}`, `root_password = ${password}`, 'self_sign_cert = False', 'user = root', 'group = root'],
    ...['[backend-userroot]', `suffix = ${suffix}`, 'create_suffix_entry = True', 'sample_entries = no'],
  ]
  writeFileSync(file, lines.join('\n'), { mode: 0o600 })
  await promisify(execFile)(findProgram('dscreate') ?? 'dscreate', ['from-file', file], {
    env: { ...process.env, PREFIX: folder },
  })
}

const instanceOf = (folder: string) => join(folder, 'etc', 'dirsrv', 'slapd-test')

function listenOnLoopback(folder: string): void {
  const file = join(instanceOf(folder), 'dse.ldif')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^dn: cn=config$/m, '$&\nnsslapd-listenhost: 127.0.0.1'))
}

async function run(
  program: string,
  { folder, port, password }: { readonly folder: string; readonly port: number; readonly password: string },
) {
  // With a level of debugging, none being one, it stays in the foreground.
  const child = spawn(program, ['-D', instanceOf(folder), '-i', join(folder, 'pid'), '-d', '0'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk}`.slice(-2000)))
  const exited = once(child, 'exit').catch((error: unknown) => [error])
  // Whoever started it may end without a `stop`.
  const orphaned = () => void child.kill('SIGKILL')
  process.once('exit', orphaned)
  void exited.then(() => process.off('exit', orphaned))
  let ended: string | undefined
  void exited.then(([code]) => (ended = `ns-slapd ended with ${code}: ${said}`))
  const stop = async () => {
    // Its orderly end takes seconds, and nothing of it is kept.
    child.kill('SIGKILL')
    await exited
    rmSync(folder, { recursive: true, force: true })
  }
  await accepts({ host: '127.0.0.1', port }, () => ended).catch(async (error) => {
    await stop()
    throw error
  })
  const url = `ldap://127.0.0.1:${port}`
  const server: ThrowAway389 = {
    url,
    suffix,
    modify: (ldif) => modify(['-x', '-H', url, '-D', manager, '-w', password], ldif),
    stop,
  }
  return server
}
