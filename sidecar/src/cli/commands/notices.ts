import type { NoticeList, NoticeTestReport, NoticeView } from '@rollcall/contract/api/notices'
import type { Command } from 'commander'
import { instant, print, printJson } from '../print.ts'
import { withService } from '../with-service.ts'

interface Options {
  readonly json?: boolean
}

export function addNoticesCommand(program: Command): void {
  const notices = program
    .command('notices')
    .description('what needs somebody now: held plans, failures, credentials that expire')
    .option('--json', 'print as JSON')
    .action(async ({ json }: Options, command: Command) => {
      await withService(command, async (client) => {
        const list = await client.call<NoticeList>('GET', '/notices')
        if (json) printJson(list.notices)
        else if (list.notices.length === 0) print('Nothing needs you.')
        else for (const notice of list.notices) printNotice(notice)
      })
    })
  notices
    .command('test')
    .description('send a test notice to everybody who is told; ends with 1 if one of them cannot be reached')
    .action(async (_: unknown, command: Command) => {
      await withService(command, async (client) => {
        const report = await client.call<NoticeTestReport>('POST', '/notices/test')
        printReport(report)
        if (!report.ok) process.exitCode = 1
      })
    })
}

function printNotice({ title, text, remedy, severity, since }: NoticeView): void {
  print(`${severity === 'critical' ? '!' : ' '} ${title} (since ${instant(since)})`)
  print(`    ${text}`)
  print(`    ${remedy}`)
}

function printReport({ channels }: NoticeTestReport): void {
  if (channels.length === 0) print('Nobody is told: `notices` of the configuration names mail and webhooks.')
  for (const { channel, steps } of channels) {
    print(channel)
    for (const { step, ok, detail, problem } of steps) {
      print(`  ${ok ? 'works ' : 'FAILED'}  ${step}: ${detail}`)
      if (problem) print(`          ${problem.remedy} (${problem.code})`)
    }
  }
}
