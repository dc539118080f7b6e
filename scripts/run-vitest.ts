import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TestCounts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** What vitest's JSON reporter writes, as far as it is read here. */
interface JsonReport {
  readonly success: boolean
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

/** Runs vitest over the tests that the filters choose, all without one, and counts what became of them. */
export async function runVitest(filters: readonly string[], environment: NodeJS.ProcessEnv): Promise<TestCounts> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-tests-'))
  const report = join(folder, 'report.json')
  try {
    const code = await startVitest(
      ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters],
      environment,
    )
    return countTests(readFileSync(report, 'utf8'), code)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function startVitest(options: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const root = join(import.meta.dirname, '..')
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const child = spawn(process.execPath, [vitest, 'run', ...options], { cwd: root, stdio: 'inherit', env: environment })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

/** A file that could not be loaded, or a run that failed outside of any test, counts as one failure. */
export function countTests(json: string, exitCode: number): TestCounts {
  const report: JsonReport = JSON.parse(json)
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  const failed = report.numFailedTests + unloaded.length
  const elsewhere = failed === 0 && exitCode !== 0 ? 1 : 0
  return { passed: report.numPassedTests, failed: failed + elsewhere, skipped: report.numPendingTests }
}
