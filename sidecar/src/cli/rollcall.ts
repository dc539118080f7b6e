#!/usr/bin/env node
import { Command } from 'commander'
import { Problem } from '../problem/problem.ts'
import { version } from '../version.ts'
import { addAnnounceCommand } from './commands/announce.ts'
import { addApplyCommand } from './commands/apply.ts'
import { addAttributesCommand } from './commands/attributes.ts'
import { addAuditCommand } from './commands/audit.ts'
import { addConfigCommand } from './commands/config.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addExceptionCommand } from './commands/exception.ts'
import { addLookupCommand } from './commands/lookup.ts'
import { addNoticesCommand } from './commands/notices.ts'
import { addPauseCommands } from './commands/pause.ts'
import { addPlanCommand } from './commands/plan.ts'
import { addRetryCommand } from './commands/retry.ts'
import { addRunsCommands } from './commands/runs.ts'
import { addScimCommand } from './commands/scim.ts'
import { addServeCommand } from './commands/serve.ts'
import { addTargetsCommand } from './commands/targets.ts'
import { addTokenCommand } from './commands/token.ts'
import { addUnclaimedCommand } from './commands/unclaimed.ts'
import { addUndoCommand } from './commands/undo.ts'
import { addVetoCommand } from './commands/veto.ts'
import { addWhyCommand } from './commands/why.ts'

const program = new Command('rollcall')
  .description('Keeps the users and groups of Atlassian Data Center equal to what your identity providers say.')
  .version(version)
  .option('--data <folder>', 'data folder of the service', process.env.ROLLCALL_DATA ?? '.data')
  .option('--url <url>', 'address of a running service, instead of the data folder', process.env.ROLLCALL_URL)
  .option('--token <token>', 'admin token for --url (better: the variable ROLLCALL_TOKEN)')
  .showHelpAfterError()

addServeCommand(program)
addConfigCommand(program)
addPlanCommand(program)
addApplyCommand(program)
addRunsCommands(program)
addRetryCommand(program)
addUndoCommand(program)
addVetoCommand(program)
addExceptionCommand(program)
addAnnounceCommand(program)
addPauseCommands(program)
addDoctorCommand(program)
addNoticesCommand(program)
addTargetsCommand(program)
addUnclaimedCommand(program)
addLookupCommand(program)
addWhyCommand(program)
addAttributesCommand(program)
addScimCommand(program)
addTokenCommand(program)
addAuditCommand(program)

// `rollcall show 7 | head` closes our output before we are done: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1)
})

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof Problem)) throw error
  process.stderr.write(`${error.message}\n  ${error.remedy}\n  (${error.code}, docs/errors.md#${error.code})\n`)
  process.exitCode = 1
}
