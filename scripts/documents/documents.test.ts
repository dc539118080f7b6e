import { execFileSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { parseConfiguration } from '../../sidecar/src/connections/configuration/parse-configuration.ts'
import { commandHelp, commandsIn } from './command-help.ts'
import { readDocument, root } from './document.ts'
import { documents } from './documents.ts'
import { collectProblems } from './problem-catalogue.ts'
import { keyTables } from './render-keys.ts'
import { schemaRows } from './schema-rows.ts'

const example = readDocument('docs/rollcall.example.yaml')
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...globSync('docs/**/*.md', { cwd: root })]

// Each command is a process of its own.
const commandsMs = 180_000

test.each(documents)('$path is what `pnpm generate-docs` writes', { timeout: commandsMs }, async ({ path, render }) => {
  expect(readDocument(path)).toBe(await render())
})

test('every error code is defined once and has its heading in docs/errors.md', async () => {
  const codes = (await collectProblems()).flatMap(({ problems }) => problems.map(({ code }) => code))
  const headings = [...readDocument('docs/errors.md').matchAll(/^### (\w+)$/gm)].map(([, code]) => code)
  expect(headings.toSorted()).toEqual(codes.toSorted())
})

test('the example file is a configuration that Rollcall accepts', () => {
  const parsed = parseConfiguration(example)
  expect(parsed.kind === 'invalid' ? parsed.problems.map(({ message }) => message) : []).toEqual([])
})

test.each(Object.entries(keyTables))('the example file shows every key of the table %s', (_, { schema, elsewhere }) => {
  const keys = schemaRows(schema, elsewhere).map(({ key }) => key.replace(/^.*\./, ''))
  expect(keys.filter((key) => !new RegExp(`(^|[\\s#-])${key}:`, 'm').test(example))).toEqual([])
})

test.each(Object.entries(keyTables))('every key of the table %s has a meaning', (_, { schema, elsewhere }) => {
  const silent = schemaRows(schema, elsewhere).filter(({ meaning }) => meaning === '')
  expect(silent.map(({ key }) => key)).toEqual([])
})

test('every command of the command line is in docs/command-line.md', { timeout: commandsMs }, () => {
  const text = readDocument('docs/command-line.md')
  const documented = [...text.matchAll(/<!-- generated: rollcall (.+?) -->/g)].map(([, command]) => command)
  const expected = commandsIn(commandHelp([])).flatMap((command) => {
    const below = commandsIn(commandHelp([command])).map((name) => `${command} ${name}`)
    // A command with others below it may do something itself: then it has a section, too.
    return below.length === 0 || documented.includes(command) ? [command, ...below] : below
  })
  expect(documented.toSorted()).toEqual(expected.toSorted())
})

test('docs/running.md lists the variables that the service reads, and no other', () => {
  const files = execFileSync('git', ['ls-files', 'sidecar/src'], { cwd: root, encoding: 'utf8' }).trim().split('\n')
  const product = files.filter((file) => !file.includes('/testing/') && !file.endsWith('.test.ts'))
  const read = product.flatMap((file) => readDocument(file).match(/environment\.ROLLCALL_\w+|env\.ROLLCALL_\w+/g) ?? [])
  const names = new Set(read.map((text) => text.replace(/^.*\./, '')))
  const documented = new Set(
    readDocument('docs/running.md')
      .match(/^\| `ROLLCALL_\w+/gm)
      ?.map((row) => row.slice(3)),
  )
  expect([...documented].toSorted()).toEqual([...names].toSorted())
})

test.each(pages)('every link of %s leads to something that exists', (page) => {
  const links = [...readDocument(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => link)
  const broken = links.filter((link) => {
    const [path = '', anchor] = link.split('#')
    const target = path === '' ? page : join(dirname(page), path)
    return !existsSync(join(root, target)) || (anchor !== undefined && !anchorsOf(target).includes(anchor))
  })
  expect(broken).toEqual([])
})

const anchorsOf = (page: string): string[] =>
  [...readDocument(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .trim()
      .replace(/\s/g, '-'),
  )
