import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findChromium } from './find-chromium.ts'
import { findPostgres } from './postgres.ts'

/** A program that tests need and that npm cannot bring. */
interface Need {
  readonly name: string
  readonly debianPackage: string
  readonly howElse: string
  find(): string | undefined
}

const needs: readonly Need[] = [
  {
    name: 'Chromium',
    debianPackage: 'chromium',
    howElse: 'install Chromium or Chrome, or set ROLLCALL_TEST_CHROMIUM to its path',
    find: findChromium,
  },
  {
    name: 'PostgreSQL',
    debianPackage: 'postgresql',
    howElse:
      'install a PostgreSQL server (macOS: `brew install postgresql@17`), or set ROLLCALL_TEST_POSTGRES to a URL',
    find: () => process.env.ROLLCALL_TEST_POSTGRES || findPostgres(),
  },
]

const missingNeeds = () => needs.filter((need) => need.find() === undefined)

/** Installs what is missing where that is possible, and says for the rest how to get it. */
export function provideTestNeeds(): { readonly missing: readonly string[] } {
  const missing = missingNeeds()
  if (missing.length > 0 && canInstall()) installPackages(missing.map(({ debianPackage }) => debianPackage))
  return { missing: missingNeeds().map(describeNeed) }
}

const describeNeed = ({ name, debianPackage, howElse }: Need) =>
  `${name} is missing. Debian or Ubuntu: apt-get install ${debianPackage}; elsewhere: ${howElse}.`

const canInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

function installPackages(packages: readonly string[]): void {
  console.log(`Installing ${packages.join(', ')}`)
  const apt = (...options: string[]) =>
    execFileSync('apt-get', ['-qq', ...options], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  try {
    apt('update')
    apt('install', '--yes', '--no-install-recommends', ...packages)
  } catch {
    console.log('apt-get failed; the line above says why.')
  }
}
