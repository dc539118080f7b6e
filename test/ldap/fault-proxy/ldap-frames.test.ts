import { expect, test } from 'vitest'
import { createFrameReader, type LdapFrame, operations, searchDone, withMessageId } from './ldap-frames.ts'

function read(chunks: readonly Buffer[]) {
  const frames: LdapFrame[] = []
  const foreign: Buffer[] = []
  const reader = createFrameReader(
    (frame) => frames.push(frame),
    (bytes) => foreign.push(bytes),
  )
  for (const chunk of chunks) reader(chunk)
  return { frames, foreign: Buffer.concat(foreign) }
}

const sizes = Array.from({ length: 60 }, (_, index) => index + 1)

test.each(sizes)('messages are put together out of pieces of %i bytes, and keep their ids and bytes', (size) => {
  const ids = [1, 127, 128, 255, 256, 65_535, 2 ** 31 - 1]
  const bytes = Buffer.concat(ids.map((id) => searchDone(id, id % 80, 'x'.repeat(id % 300))))
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
    bytes.subarray(n * size, (n + 1) * size),
  )
  const { frames, foreign } = read(chunks)
  expect(frames.map(({ messageId }) => messageId)).toEqual(ids)
  expect(frames.every(({ operation }) => operation === operations.searchDone)).toBe(true)
  expect(Buffer.concat(frames.map((frame) => frame.bytes))).toEqual(bytes)
  expect(foreign).toHaveLength(0)
})

test('a message under another id differs in nothing else', () => {
  const [frame] = read([searchDone(1, 0, 'x')]).frames
  if (!frame) throw new Error('No frame was read.')
  expect(withMessageId(frame, 70_000)).toEqual(searchDone(70_000, 0, 'x'))
})

test('what is no LDAP passes as it is', () => {
  const hello = Buffer.from([0x16, 0x03, 0x01, 0x30, 0x00])
  expect(read([searchDone(1, 0), hello])).toMatchObject({ frames: [{ messageId: 1 }], foreign: hello })
})
