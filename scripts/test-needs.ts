import { execFileSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { find389 } from './389ds.ts'
import { findChromium } from './find-chromium.ts'
import { findPostgres } from './postgres.ts'
import { findSamba } from './samba.ts'
import { findSlapd } from './slapd.ts'

/** A program that tests need and that npm cannot bring. */
interface Need {
  readonly name: string
  readonly debianPackages: readonly string[]
  readonly howElse: string
  find(): string | undefined
}

const needs: readonly Need[] = [
  {
    name: 'Chromium',
    debianPackages: ['chromium'],
    howElse: 'install Chromium or Chrome, or set ROLLCALL_TEST_CHROMIUM to its path',
    find: findChromium,
  },
  {
    name: 'PostgreSQL',
    debianPackages: ['postgresql'],
    howElse:
      'install a PostgreSQL server (macOS: `brew install postgresql@17`), or set ROLLCALL_TEST_POSTGRES to a URL',
    find: () => process.env.ROLLCALL_TEST_POSTGRES || findPostgres(),
  },
  {
    name: 'OpenLDAP',
    debianPackages: ['slapd', 'ldap-utils'],
    howElse: 'install an OpenLDAP server with its commands (macOS: `brew install openldap`)',
    find: findSlapd,
  },
  {
    name: 'Samba as an Active Directory domain controller',
    debianPackages: ['samba-ad-dc', 'samba-ad-provision', 'samba-dsdb-modules', 'samba-vfs-modules'],
    howElse: 'run the tests as root in a Debian container; its ports are closed to anybody else',
    find: findSamba,
  },
  {
    name: '389 Directory Server',
    debianPackages: ['389-ds-base'],
    howElse: 'run the tests as root in a Debian container; its tools make instances for root only',
    find: find389,
  },
]

const missingNeeds = () => needs.filter((need) => need.find() === undefined)

/** Installs what is missing where that is possible, and says for the rest how to get it. */
export function provideTestNeeds(): { readonly missing: readonly string[] } {
  const missing = missingNeeds()
  if (missing.length > 0 && canInstall()) installPackages(missing.flatMap(({ debianPackages }) => debianPackages))
  return { missing: missingNeeds().map(describeNeed) }
}

const describeNeed = ({ name, debianPackages, howElse }: Need) =>
  `${name} is missing. Debian or Ubuntu: apt-get install ${debianPackages.join(' ')}; elsewhere: ${howElse}.`

const canInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

function installPackages(packages: readonly string[]): void {
  console.log(`Installing ${packages.join(', ')}`)
  const apt = (...options: string[]) =>
    execFileSync('apt-get', ['-qq', ...options], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  const allowServices = forbidServices()
  try {
    apt('update')
    apt('install', '--yes', '--no-install-recommends', ...packages)
  } catch {
    console.log('apt-get failed; the line above says why.')
  } finally {
    allowServices()
  }
}

const servicePolicy = '/usr/sbin/policy-rc.d'

/** The programs are wanted, not Debian's services of them on well-known ports: 101 forbids to start any (policy-rc.d). */
function forbidServices(): () => void {
  if (existsSync(servicePolicy)) return () => {}
  writeFileSync(servicePolicy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  return () => rmSync(servicePolicy, { force: true })
}
