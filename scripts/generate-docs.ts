import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './documents/document.ts'
import { documents } from './documents/documents.ts'

for (const { path, render } of documents) {
  writeFileSync(join(root, path), await render())
  console.log(path)
}
