import { defineConfig } from 'vitest/config'
import { neverCompileWrappersFlag } from './sidecar/src/runs/worker/never-compile-wrappers.ts'

export default defineConfig({
  test: {
    include: ['{sidecar,web,test,scripts}/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // A test process starts threads by the dozen.
    execArgv: [neverCompileWrappersFlag],
  },
})
