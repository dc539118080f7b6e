import { commandHelp } from './command-help.ts'
import { type Document, readDocument } from './document.ts'
import { renderErrors } from './render-errors.ts'
import { renderKeys } from './render-keys.ts'
import { renderTargets } from './render-targets.ts'
import { replaceBlocks } from './replace-blocks.ts'

const withBlocks = (path: string, render: (name: string) => string | Promise<string>): Document => ({
  path,
  render: () => replaceBlocks(readDocument(path), render),
})

const renderHelp = (name: string) => `\`\`\`text\n${commandHelp(name.split(' ').slice(1))}\n\`\`\``

/** Everything that `pnpm generate-docs` writes. */
export const documents: readonly Document[] = [
  withBlocks('docs/errors.md', renderErrors),
  withBlocks('docs/configuration.md', renderKeys),
  withBlocks('docs/command-line.md', renderHelp),
  withBlocks('docs/targets.md', renderTargets),
]
