import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Where administrators' programs are that need not be on everybody's path: Debian's, and Homebrew's OpenLDAP. */
const moreFolders = [
  '/usr/sbin',
  '/sbin',
  '/usr/local/libexec',
  '/opt/homebrew/opt/openldap/libexec',
  '/opt/homebrew/opt/openldap/bin',
]

export const findProgram = (name: string): string | undefined =>
  [...(process.env.PATH ?? '').split(':'), ...moreFolders]
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path))
