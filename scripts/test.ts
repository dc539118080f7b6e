import { join } from 'node:path'
import { buildWeb } from '../test/sandbox/build-web.ts'
import { findChromium } from './find-chromium.ts'
import { findPostgres, startPostgres } from './postgres.ts'
import { runVitest, type TestCounts } from './run-vitest.ts'
import { provideTestNeeds } from './test-needs.ts'

/**
 * `pnpm test [FILTER…]`: brings what the tests need, runs them all and ends with one line of counts. On a developer's
 * machine the tests of a missing program are left out, and said so; with CI=true that is a failure.
 */
async function main(filters: readonly string[]): Promise<void> {
  const { missing } = provideTestNeeds()
  for (const text of missing) console.error(text)
  if (missing.length > 0 && process.env.CI) throw new Error('Something that tests need is missing (see above).')
  buildWeb(join(import.meta.dirname, '../web'))
  const counts = await withPostgres((environment) => runVitest(filters, environment))
  if (counts.skipped > 0) console.log(`${counts.skipped} skipped`)
  if (counts.failed > 0 || (counts.skipped > 0 && process.env.CI)) process.exitCode = 1
  console.log(`${counts.passed} passed, ${counts.failed} failed`)
}

async function withPostgres(run: (environment: NodeJS.ProcessEnv) => Promise<TestCounts>): Promise<TestCounts> {
  const environment = { ...process.env, ROLLCALL_TEST_CHROMIUM: findChromium() }
  if (process.env.ROLLCALL_TEST_POSTGRES || findPostgres() === undefined) return run(environment)
  const postgres = await startPostgres()
  const interrupted = () => void postgres.stop().then(() => process.exit(130))
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    return await run({ ...environment, ROLLCALL_TEST_POSTGRES: postgres.url })
  } finally {
    await postgres.stop()
  }
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error)
  console.log('0 passed, 1 failed')
  process.exitCode = 1
})
