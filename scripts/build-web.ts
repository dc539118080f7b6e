import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const built = join(root, 'web/dist/index.html')
const sources = ['web/src', 'web/public', 'web/index.html', 'web/package.json', 'web/vite.config.mts']

/** Builds the admin UI unless what is built is newer than everything it is made of. */
export function buildWeb(): void {
  if (existsSync(built) && statSync(built).mtimeMs > newest([...sources, 'sidecar/contract/src'])) return
  console.log('Building the admin UI')
  const vite = join(root, 'web/node_modules/vite/bin/vite.js')
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: join(root, 'web'), stdio: 'inherit' })
}

const newest = (paths: readonly string[]) =>
  Math.max(...paths.map((path) => join(root, path)).flatMap((path) => (existsSync(path) ? filesOf(path) : [])))

const filesOf = (path: string): number[] =>
  statSync(path).isDirectory()
    ? readdirSync(path).flatMap((name) => filesOf(join(path, name)))
    : [statSync(path).mtimeMs]
