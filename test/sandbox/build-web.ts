import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What the built UI is made of, from the folder of its package. */
const inputs = ['src', 'public', 'index.html', 'vite.config.mts', 'package.json', join('..', 'docs', 'errors.md')]

/** Builds the admin UI if it was never built or something it is made of is newer. `web` is the folder of its package. */
export function buildWeb(web: string): void {
  const built = join(web, 'dist', 'index.html')
  const newest = Math.max(...inputs.map((input) => newestOf(join(web, input))))
  if (existsSync(built) && statSync(built).mtimeMs > newest) return
  const vite = join(web, 'node_modules', '.bin', 'vite')
  execFileSync(vite, ['build', '--logLevel', 'warn'], { cwd: web, stdio: ['ignore', 'inherit', 'inherit'] })
}

function newestOf(path: string): number {
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newestOf(join(path, name))))
}
