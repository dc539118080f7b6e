import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Builds the admin UI if it was never built or its sources are newer. `web` is the folder of its package. */
export function buildWeb(web: string): void {
  const built = join(web, 'dist', 'index.html')
  if (existsSync(built) && statSync(built).mtimeMs > newest(join(web, 'src'))) return
  const vite = join(web, 'node_modules', '.bin', 'vite')
  execFileSync(vite, ['build', '--logLevel', 'warn'], { cwd: web, stdio: ['ignore', 'inherit', 'inherit'] })
}

const newest = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0)
