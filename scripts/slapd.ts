import { execFile, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { accepts } from './accepts.ts'
import { findProgram } from './find-program.ts'
import { freePort } from './free-port.ts'

/** PEM texts of a server. */
export interface ServerCertificate {
  readonly ca: string
  readonly cert: string
  readonly key: string
}

export interface SlapdOptions {
  readonly suffix: string
  /** Path of an LDIF that `slapadd` loads before the start: the root entry first, operational attributes allowed. */
  readonly ldif?: string
  /** With it the server speaks LDAPS on a second port and StartTLS on the first. */
  readonly tls?: ServerCertificate
  /** Lines of slapd.conf(5) for the database, such as `limits` and `access`. */
  readonly database?: readonly string[]
  /** Ports to listen on again, for a server that comes back. */
  readonly ports?: { readonly plain: number; readonly tls: number }
}

/** An OpenLDAP server of our own on loopback, gone with `stop`. */
export interface ThrowAwaySlapd {
  readonly host: '127.0.0.1'
  readonly port: number
  readonly tlsPort: number
  readonly url: string
  readonly rootDn: string
  readonly rootPassword: string
  /** Applies LDIF with change records, as root of the database. */
  modify(ldif: string): Promise<void>
  /** Ends it without a word, as a power cut does. Its folder goes with `stop`. */
  kill(): Promise<void>
  stop(): Promise<void>
}

const schemaFolders = [
  '/etc/ldap/schema',
  '/etc/openldap/schema',
  '/usr/local/etc/openldap/schema',
  '/opt/homebrew/etc/openldap/schema',
]
const moduleFolders = ['/usr/lib/ldap', '/usr/lib64/openldap', '/usr/local/libexec/openldap']
const appArmorProfile = '/etc/apparmor.d/usr.sbin.slapd'

/** The path of `slapd`, or `undefined` without it or the commands beside it (Debian: packages `slapd`, `ldap-utils`). */
export const findSlapd = (): string | undefined =>
  findProgram('ldapmodify') && findProgram('ldapsearch') ? findProgram('slapd') : undefined

/**
 * Starts OpenLDAP on free ports of loopback in a folder that goes with it: mdb, overlays memberof, refint and ppolicy, no waiting
 * for the disk. It holds nothing but tests.
 */
export async function startSlapd(options: SlapdOptions, installed = findSlapd()): Promise<ThrowAwaySlapd> {
  if (installed === undefined) throw new Error('OpenLDAP is missing (Debian: apt-get install slapd ldap-utils).')
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-slapd-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const program = ownProgram(installed, folder)
    const rootPassword = randomBytes(12).toString('hex')
    const configuration = join(folder, 'slapd.conf')
    mkdirSync(join(folder, 'data'))
    writeFileSync(configuration, configurationOf(folder, options, rootPassword), { mode: 0o600 })
    if (options.ldif !== undefined) load(program, configuration, options.ldif)
    return await run(program, { folder, configuration, rootPassword, options })
  } catch (error) {
    remove()
    throw error
  }
}

/** Ubuntu's AppArmor lets the installed program read its own folders only; the profile is bound to the path. */
function ownProgram(installed: string, folder: string): string {
  if (!existsSync(appArmorProfile)) return installed
  const copy = join(folder, 'slapd')
  copyFileSync(installed, copy)
  return copy
}

/** `-q`: without the checks that make loading slow; what is loaded is well-formed. */
function load(program: string, configuration: string, ldif: string): void {
  execFileSync(program, ['-T', 'add', '-q', '-f', configuration, '-l', ldif], {
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 2 ** 24,
  })
}

interface Prepared {
  readonly folder: string
  readonly configuration: string
  readonly rootPassword: string
  readonly options: SlapdOptions
}

async function run(program: string, { folder, configuration, rootPassword, options }: Prepared) {
  const { plain: port, tls: tlsPort } = options.ports ?? { plain: await freePort(), tls: await freePort() }
  const host = '127.0.0.1' as const
  const url = `ldap://${host}:${port}`
  const listen = [url, ...(options.tls ? [`ldaps://${host}:${tlsPort}`] : [])]
  const child = spawn(program, ['-f', configuration, '-h', listen.join(' '), '-d', '0'], {
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
  void exited.then(([code]) => (ended = `slapd ended with ${code}: ${said}`))
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await exited
  }
  const stop = async () => {
    await end('SIGTERM')
    rmSync(folder, { recursive: true, force: true })
  }
  await accepts({ host, port }, () => ended).catch(async (error) => {
    await stop()
    throw error
  })
  const rootDn = rootDnOf(options)
  const server: ThrowAwaySlapd = {
    host,
    port,
    tlsPort,
    url,
    rootDn,
    rootPassword,
    modify: (ldif) => modify(['-x', '-H', url, '-D', rootDn, '-w', rootPassword], ldif),
    kill: () => end('SIGKILL'),
    stop,
  }
  return server
}

/** Gives LDIF with change records to `ldapmodify`. */
export async function modify(
  credential: readonly string[],
  ldif: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<void> {
  const running = promisify(execFile)(findProgram('ldapmodify') ?? 'ldapmodify', [...credential], {
    env: { ...process.env, ...environment },
    maxBuffer: 2 ** 26,
  })
  running.child.stdin?.end(ldif)
  await running
}

const rootDnOf = ({ suffix }: SlapdOptions) => `cn=root,${suffix}`

function configurationOf(folder: string, options: SlapdOptions, rootPassword: string): string {
  const { suffix, tls, database = [] } = options
  const schema = schemaFolders.find((path) => existsSync(path))
  const modules = moduleFolders.find((path) => existsSync(path))
  return `${[
    ...['core', 'cosine', 'inetorgperson', 'nis'].map((name) => `include ${schema}/${name}.schema`),
    ...(modules === undefined ? [] : [`modulepath ${modules}`]),
    ...(modules === undefined ? [] : ['back_mdb', 'memberof', 'refint', 'ppolicy'].map((name) => `moduleload ${name}`)),
    `pidfile ${folder}/slapd.pid`,
    ...(tls ? tlsLines(folder, tls) : []),
    'database mdb',
    `suffix "${suffix}"`,
    `rootdn "${rootDnOf(options)}"`,
    `rootpw ${rootPassword}`,
    `directory ${folder}/data`,
    'maxsize 4294967296',
    'dbnosync',
    ...['objectClass', 'entryUUID', 'modifyTimestamp', 'cn', 'uid', 'mail', 'member', 'memberOf'].map(
      (attribute) => `index ${attribute} eq`,
    ),
    ...database,
    'overlay memberof',
    // Groups follow when a member is renamed or goes, as in most directories.
    'overlay refint',
    'refint_attributes member',
    // `slapd` refuses to leave a group empty: then this stays in it.
    `refint_nothing "${suffix}"`,
    'overlay ppolicy',
  ].join('\n')}\n`
}

function tlsLines(folder: string, { ca, cert, key }: ServerCertificate): string[] {
  const files = { TLSCACertificateFile: ca, TLSCertificateFile: cert, TLSCertificateKeyFile: key }
  return Object.entries(files).map(([directive, pem]) => {
    const file = join(folder, `${directive}.pem`)
    writeFileSync(file, pem, { mode: 0o600 })
    return `${directive} ${file}`
  })
}
