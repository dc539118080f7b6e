import { join, resolve } from 'node:path'
import { defineProblems, Problem } from './problem/problem.ts'

export const serviceProblems = defineProblems({
  service_address_unusable: {
    status: 500,
    meaning: 'A listener cannot be opened: its address is in use, of another machine, or not allowed.',
    remedy: 'Stop what listens there, or choose another address by ROLLCALL_ADMIN_LISTEN or ROLLCALL_PUBLIC_LISTEN.',
  },
  service_setting_invalid: {
    status: 500,
    meaning: 'An environment variable of the service has a value that it does not accept.',
    remedy: 'Correct the variable that the message names; docs/running.md lists them all.',
  },
})

interface Listen {
  readonly host: string
  readonly port: number
}

/** What the environment decides; everything about provisioning is in the configuration file instead. */
export interface ServiceSettings {
  readonly dataFolder: string
  readonly admin: Listen
  /** Further names, besides loopback, under which administrators reach the admin listener (through a proxy). */
  readonly adminHosts: readonly string[]
  /** Where administrators reach the service, as links in notices say it; the address of the listener without it. */
  readonly adminUrl: string | undefined
  /** A proxy in front of the admin listener speaks TLS: the session cookie is then `Secure`. */
  readonly adminSecure: boolean
  /** Off unless configured: nothing but what identity providers call is ever reachable there. */
  readonly public: (Listen & { readonly url: URL }) | undefined
  /** Addresses of proxies whose `X-Forwarded-*` headers count. */
  readonly trustedProxies: readonly string[]
  /** Applied at every start when given. */
  readonly configurationFile: string | undefined
  readonly logLevel: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads `ROLLCALL_*`; throws `service_setting_invalid`, naming the variable. See docs/running.md. */
export function readServiceSettings(environment: Environment): ServiceSettings {
  const publicListen = environment.ROLLCALL_PUBLIC_LISTEN
  return {
    dataFolder: resolve(environment.ROLLCALL_DATA ?? '.data'),
    admin: parseListen('ROLLCALL_ADMIN_LISTEN', environment.ROLLCALL_ADMIN_LISTEN ?? '127.0.0.1:8420'),
    adminHosts: list(environment.ROLLCALL_ADMIN_HOSTS).map((host) => host.toLowerCase()),
    adminUrl: parseAdminUrl(environment.ROLLCALL_ADMIN_URL),
    adminSecure: parseFlag('ROLLCALL_ADMIN_SECURE', environment.ROLLCALL_ADMIN_SECURE),
    public: publicListen
      ? {
          ...parseListen('ROLLCALL_PUBLIC_LISTEN', publicListen),
          url: parsePublicUrl(environment.ROLLCALL_PUBLIC_URL),
        }
      : undefined,
    trustedProxies: list(environment.ROLLCALL_TRUSTED_PROXIES),
    configurationFile: environment.ROLLCALL_CONFIG,
    logLevel: parseLogLevel(environment.ROLLCALL_LOG_LEVEL ?? 'info'),
  }
}

/** The database of a data folder. */
export const databasePath = (dataFolder: string): string => join(dataFolder, 'rollcall.db')
/** The socket through which the command line speaks to the running service. */
export const socketPath = (dataFolder: string): string => join(dataFolder, 'rollcall.sock')

const list = (text: string | undefined) =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

const invalid = (variable: string, text: string) =>
  new Problem(serviceProblems.service_setting_invalid, `${variable} ${text}.`)

function parseListen(variable: string, text: string): Listen {
  const [, host, port] = /^(.*):(\d{1,5})$/.exec(text) ?? []
  if (!host || Number(port) > 65_535) throw invalid(variable, 'must have the form 127.0.0.1:8420')
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) }
}

function parsePublicUrl(text: string | undefined): URL {
  if (text && URL.canParse(text) && /^https?:/.test(text)) return new URL(text)
  throw invalid('ROLLCALL_PUBLIC_URL', 'must be the address under which the public listener is reached from outside')
}

function parseAdminUrl(text: string | undefined): string | undefined {
  if (text === undefined || (URL.canParse(text) && /^https?:/.test(text))) return text
  throw invalid('ROLLCALL_ADMIN_URL', 'must be the address under which administrators reach the service')
}

function parseFlag(variable: string, text: string | undefined): boolean {
  if (text === undefined || text === 'false') return false
  if (text === 'true') return true
  throw invalid(variable, 'must be true or false')
}

function parseLogLevel(text: string): string {
  const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']
  if (levels.includes(text)) return text
  throw invalid('ROLLCALL_LOG_LEVEL', `must be one of ${levels.join(', ')}`)
}
