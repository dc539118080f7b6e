import { execFile, spawn } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { accepts } from './accepts.ts'
import { findProgram } from './find-program.ts'
import { modify, type ServerCertificate } from './slapd.ts'

export interface SambaOptions {
  /** The server's certificate, made once its address is known: LDAPS on 636 and StartTLS on 389. */
  readonly certificate: (address: string) => ServerCertificate
}

/** An Active Directory domain controller of our own (Samba), gone with `stop`. */
export interface ThrowAwaySamba {
  /** An address of loopback that nobody else uses: the ports of a domain controller cannot be chosen. */
  readonly host: string
  readonly port: 389
  readonly tlsPort: 636
  /** `DC=test,DC=example` */
  readonly suffix: string
  /** Principal name of the domain's administrator, who can bind with it. */
  readonly administrator: string
  readonly password: string
  /** Applies LDIF with change records, as the domain's administrator over LDAPS. */
  modify(ldif: string): Promise<void>
  kill(): Promise<void>
  stop(): Promise<void>
}

const realm = 'TEST.EXAMPLE'
const provisionTemplates = '/usr/share/samba/setup'

/**
 * The path of `samba`, or `undefined` where a domain controller cannot be made: without Debian's packages `samba-ad-dc` and
 * `samba-ad-provision`, on other systems than Linux, and for other users than root, whom its ports are closed to.
 */
export const findSamba = (): string | undefined =>
  process.platform === 'linux' && process.getuid?.() === 0 && existsSync(provisionTemplates)
    ? findProgram('samba-tool') && findProgram('ldapmodify') && findProgram('samba')
    : undefined

/** Provisions the domain `TEST` in a temporary folder (about three seconds) and starts nothing of it but LDAP. */
export async function startSamba({ certificate }: SambaOptions, program = findSamba()): Promise<ThrowAwaySamba> {
  if (program === undefined) throw new Error('No Samba domain controller can be started here (see findSamba).')
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-samba-'))
  const host = `127.${randomInt(64, 255)}.${randomInt(256)}.${randomInt(1, 255)}`
  // Complex enough for the domain's password policy, which asks for three kinds of characters.
  const password = `Aa1-${randomBytes(12).toString('hex')}`
  const tls = certificate(host)
  try {
    await provision(folder, password)
    configure(folder, host, tls)
    return await run(program, { folder, host, password })
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

/**
 * Rights of files go into a database of their own (`xattr_tdb`): most containers may not write them to the file system,
 * and nobody reads these files.
 */
async function provision(folder: string, password: string): Promise<void> {
  await promisify(execFile)(findProgram('samba-tool') ?? 'samba-tool', [
    ...['domain', 'provision', `--targetdir=${folder}/domain`, `--realm=${realm}`, '--domain=TEST'],
    ...['--server-role=dc', '--dns-backend=NONE', `--adminpass=${password}`, '--host-name=dc1', '--host-ip=127.0.0.1'],
    '--option=vfs objects=dfs_samba4 acl_xattr xattr_tdb',
    `--option=xattr_tdb:file=${folder}/xattr.tdb`,
  ])
}

const configurationFile = (folder: string) => join(folder, 'domain', 'etc', 'smb.conf')

function configure(folder: string, host: string, tls: ServerCertificate): void {
  const files = Object.entries({ cafile: tls.ca, certfile: tls.cert, keyfile: tls.key }).map(([name, pem]) => {
    const file = join(folder, `${name}.pem`)
    writeFileSync(file, pem, { mode: 0o600 })
    return `tls ${name} = ${file}`
  })
  const global = [
    '[global]',
    `interfaces = ${host}/8`,
    'bind interfaces only = yes',
    `pid directory = ${folder}`,
    `ncalrpc dir = ${folder}/ncalrpc`,
    'server services = ldap',
    'ldb:nosync = yes',
    ...files,
  ].join('\n')
  const provisioned = readFileSync(configurationFile(folder), 'utf8').replace(
    /^\s*(server services|log file) = .*$/gm,
    '',
  )
  writeFileSync(configurationFile(folder), provisioned.replace('[global]', global))
}

async function run(
  program: string,
  { folder, host, password }: Readonly<Record<'folder' | 'host' | 'password', string>>,
) {
  // It ends when its standard input does.
  const child = spawn(program, ['-F', '-M', 'single', '--debug-stdout', '-s', configurationFile(folder)], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (said = `${said}${chunk}`.slice(-2000)))
  const exited = once(child, 'exit').catch((error: unknown) => [error])
  // Whoever started it may end without a `stop`.
  const orphaned = () => void child.kill('SIGKILL')
  process.once('exit', orphaned)
  void exited.then(() => process.off('exit', orphaned))
  let ended: string | undefined
  void exited.then(([code]) => (ended = `Samba ended with ${code}: ${said}`))
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await exited
  }
  const stop = async () => {
    await end('SIGTERM')
    rmSync(folder, { recursive: true, force: true })
  }
  await accepts({ host, port: 636 }, () => ended).catch(async (error) => {
    await stop()
    throw error
  })
  const administrator = `administrator@${realm.toLowerCase()}`
  const credential = ['-x', '-H', `ldaps://${host}`, '-D', administrator, '-w', password]
  const server: ThrowAwaySamba = {
    host,
    port: 389,
    tlsPort: 636,
    suffix: realm
      .split('.')
      .map((part) => `DC=${part.toLowerCase()}`)
      .join(','),
    administrator,
    password,
    modify: (ldif) => modify(credential, ldif, { LDAPTLS_CACERT: join(folder, 'cafile.pem') }),
    kill: () => end('SIGKILL'),
    stop,
  }
  return server
}
