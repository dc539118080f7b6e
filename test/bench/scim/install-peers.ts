import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, 'peers')

/**
 * The servers that are measured beside ours bring hundreds of packages, so they are no part of the workspace: the bench
 * installs them into a folder of its own, from a lock file of its own, the first time that it runs. Gives back why not.
 */
export function installPeers(): string | undefined {
  if (existsSync(join(folder, 'node_modules', '.modules.yaml'))) return undefined
  const installed = spawnSync(
    'npx',
    ['--yes', 'pnpm@12', 'install', '--ignore-workspace', '--frozen-lockfile', '--ignore-scripts'],
    { cwd: folder, encoding: 'utf8' },
  )
  if (installed.status === 0) return undefined
  return `${installed.stderr || installed.stdout || installed.error?.message}`.trim().split('\n').at(-1)
}
