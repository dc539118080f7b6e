import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineProblems, Problem } from '../problem/problem.ts'
import { type AuditKey, auditKey } from '../state/audit/audit-chain.ts'

export const auditKeyProblems = defineProblems({
  audit_key_invalid: {
    status: 500,
    meaning: 'The key of the audit record is not one: it has to be 64 hexadecimal digits.',
    remedy: 'Restore the key from a backup, or correct ROLLCALL_AUDIT_KEY; openssl rand -hex 32 makes a new one.',
  },
  audit_key_unreadable: {
    status: 500,
    meaning: 'The file audit.key of the data folder cannot be read or made.',
    remedy: 'Let the account of the service read and write its data folder.',
  },
})

const form = /^[0-9a-f]{64}$/i

/**
 * The key that chains the record: `ROLLCALL_AUDIT_KEY`, else the file `audit.key` in the data folder (mode 0600), which is
 * made at the first start. Whoever has the database alone cannot forge the record.
 */
export function readAuditKey(dataFolder: string, environment: Readonly<Record<string, string | undefined>>): AuditKey {
  const given = environment.ROLLCALL_AUDIT_KEY
  if (given !== undefined) return keyOf(given, 'ROLLCALL_AUDIT_KEY')
  const path = join(dataFolder, 'audit.key')
  return keyOf(readOrMake(path), path)
}

function readOrMake(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadable(path, cause)
  }
  const made = randomBytes(32).toString('hex')
  try {
    // Never over an existing one: entries were written under it.
    writeFileSync(path, `${made}\n`, { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    throw unreadable(path, cause)
  }
  return made
}

function keyOf(text: string, where: string): AuditKey {
  if (form.test(text.trim())) return auditKey(Buffer.from(text.trim(), 'hex'))
  throw new Problem(auditKeyProblems.audit_key_invalid, `The key in ${where} is not 64 hexadecimal digits.`)
}

const unreadable = (path: string, cause: unknown) =>
  new Problem(auditKeyProblems.audit_key_unreadable, `The key file ${path} cannot be read or made.`, { cause })
