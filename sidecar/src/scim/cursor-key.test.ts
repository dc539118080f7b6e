import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createService } from '../service.ts'
import { createServiceLog } from '../service-log.ts'

/** What cursors are signed with by a service of this data folder. */
async function cursorKeyOf(dataFolder: string): Promise<string> {
  const service = await createService({ dataFolder, log: createServiceLog('silent') })
  const { cursorKey } = service.scim.options.service
  await service.close()
  return Buffer.from(cursorKey).toString('hex')
}

test('a cursor is still good after a restart, and that of another service never is', async () => {
  const folders = ['a', 'b'].map((name) => mkdtempSync(join(tmpdir(), `rollcall-cursor-${name}-`)))
  const [one = '', other = ''] = folders
  const before = await cursorKeyOf(one)
  expect(await cursorKeyOf(one)).toBe(before)
  expect(await cursorKeyOf(other)).not.toBe(before)
  for (const folder of folders) rmSync(folder, { recursive: true })
})
