import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SlapdOptions, startSlapd, type ThrowAwaySlapd } from '../../../scripts/slapd.ts'
import type { Company } from '../company/company.ts'
import { writeOpenLdapLdif } from '../company/openldap-ldif.ts'
import { bindRules } from './bind-accounts.ts'

/** An OpenLDAP server with this company in it. */
export async function startCompany(
  company: Company,
  more: Pick<SlapdOptions, 'tls' | 'ports'> = {},
): Promise<ThrowAwaySlapd> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-company-'))
  const ldif = join(folder, 'company.ldif')
  try {
    writeOpenLdapLdif(company, ldif)
    return await startSlapd({ suffix: company.suffix, ldif, database: bindRules(company.suffix), ...more })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
