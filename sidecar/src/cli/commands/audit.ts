import { readFileSync } from 'node:fs'
import type { AuditPage, AuditVerificationView, VerifyAudit } from '@rollcall/contract/api/audit'
import { type Command, InvalidArgumentError } from 'commander'
import { print, printJson } from '../print.ts'
import type { ServiceClient } from '../service-client.ts'
import { withService } from '../with-service.ts'

interface ExportOptions {
  readonly since?: number
  readonly until?: number
  readonly action?: string
}

export function addAuditCommand(program: Command): void {
  const audit = program.command('audit').description('the record of who changed what')
  audit
    .command('export')
    .description('print the record as JSON lines, oldest first')
    .option('--since <date>', 'from this day or time on, such as 2026-01-31 or 2026-01-31T08:00:00Z', instantOf)
    .option('--until <date>', 'before this day or time', instantOf)
    .option('--action <name>', 'only this action, or all of one kind: plan, session, configuration, operations')
    .action((options: ExportOptions, command: Command) => withService(command, (client) => printAll(client, options)))
  audit
    .command('verify')
    .description('prove that nothing in the record was changed, left out or cut off; ends with 1 if something was')
    .option('--heads <file>', 'ends of days from the log of the service, one a line')
    .option('--json', 'print as JSON')
    .action(async ({ heads, json }: { heads?: string; json?: boolean }, command: Command) => {
      const body: VerifyAudit = { heads: heads === undefined ? [] : linesOf(heads) }
      await withService(command, async (client) => {
        const verification = await client.call<AuditVerificationView>('POST', '/audit/verify', body)
        if (json) printJson(verification)
        else printVerification(verification)
        if (!verification.ok) process.exitCode = 1
      })
    })
}

function instantOf(text: string): number {
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new InvalidArgumentError('Give a day such as 2026-01-31, or a time with it.')
  return at
}

const linesOf = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

async function printAll(client: ServiceClient, options: ExportOptions): Promise<void> {
  const query = new URLSearchParams({ limit: '1000' })
  for (const [name, value] of Object.entries(options)) query.set(name, String(value))
  for (let after: number | undefined = 0; after !== undefined; ) {
    query.set('after', String(after))
    const page: AuditPage = await client.call<AuditPage>('GET', `/audit?${query}`)
    for (const entry of page.entries) print(JSON.stringify(entry))
    after = page.nextAfter
  }
}

function printVerification({ ok, entries, erased, segments, head, faults }: AuditVerificationView): void {
  print(`${entries} entries in ${segments} segments, ${erased} of them erased.`)
  print(`Ends at ${head === '' ? 'nothing' : head}`)
  for (const { kind, message } of faults) print(`  ${kind}: ${message}`)
  print(ok ? 'Nothing was changed.' : 'The record is not the one that was written.')
}
