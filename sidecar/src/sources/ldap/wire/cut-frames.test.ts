import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Problem } from '../../../problem/problem.ts'
import { contentOf, element, entry } from '../testing/scripted-server.ts'
import { cutFrames } from './cut-frames.ts'
import { entryOver } from './ldap-entry.ts'

test('messages come out whole however the stream is cut', () => {
  const message = fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.uint8Array({ minLength: 120, maxLength: 300 }))
  fc.assert(
    fc.property(fc.array(message), fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }), (bodies, cuts) => {
      const messages = bodies.map((body) => element(0x30, Buffer.from(body)))
      const stream = Buffer.concat(messages)
      const out: Buffer[] = []
      const take = cutFrames((frame) => out.push(frame))
      for (let at = 0, turn = 0; at < stream.length; turn += 1) {
        const size = cuts[turn % cuts.length] ?? 1
        take(stream.subarray(at, at + size))
        at += size
      }
      expect(out.map((frame) => frame.toString('hex'))).toEqual(messages.map((each) => each.toString('hex')))
    }),
  )
})

test.each([
  ['no sequence', '48545450'],
  ['an indefinite length', '3080'],
  ['a length of nine octets', '3089'],
  ['a length beyond any entry', '3084ffffffff'],
])('%s is an error', (_, hex) => {
  expect(() => cutFrames(() => {})(Buffer.from(hex, 'hex'))).toThrow(Problem)
})

test('any bytes that claim to be an entry are an entry or an error of ours', () => {
  const whole = entry(1, 'uid=a,dc=x', { uid: ['a', 'b'], cn: ['Ann'] })
  const broken = fc.tuple(fc.nat(whole.length - 1), fc.nat(255))
  fc.assert(
    fc.property(fc.array(broken, { maxLength: 4 }), (changes) => {
      const frame = Buffer.from(whole)
      for (const [at, byte] of changes) frame[at] = byte
      try {
        const read = entryOver(frame, contentOf(whole))
        for (const name of read.names()) read.texts(name)
      } catch (error) {
        expect(error).toBeInstanceOf(Problem)
      }
    }),
  )
})

test('attributes are found without case, values kept as sent', () => {
  const frame = entry(1, 'uid=a,dc=x', { UID: ['a'], mail: ['x@y', 'ü@y'], member: [], 'member;range=0-1': ['b'] })
  const read = entryOver(frame, contentOf(frame))
  expect(read.dn).toBe('uid=a,dc=x')
  expect(read.text('uid')).toBe('a')
  expect(read.texts('MAIL')).toEqual(['x@y', 'ü@y'])
  // Active Directory sends the plain name empty beside a range.
  expect([read.has('member'), read.texts('member'), read.texts('member;range=0-1')]).toEqual([false, [], ['b']])
})
