import { expect, test } from 'vitest'
import { countTests } from './run-vitest.ts'

const report = (passed: number, failed: number, files: { status: string; assertionResults: unknown[] }[] = []) =>
  JSON.stringify({
    success: failed === 0,
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: 0,
    testResults: files,
  })

test('passed and failed tests are counted as vitest counts them', () => {
  expect(countTests(report(3, 1, [{ status: 'failed', assertionResults: [{}] }]), 1)).toMatchObject({
    passed: 3,
    failed: 1,
  })
})

test('a test file that cannot be loaded counts as a failure', () => {
  expect(countTests(report(3, 0, [{ status: 'failed', assertionResults: [] }]), 1)).toMatchObject({ failed: 1 })
})

test('a run that fails outside of every test is not reported as passed', () => {
  expect(countTests(report(3, 0), 1)).toMatchObject({ passed: 3, failed: 1 })
})
