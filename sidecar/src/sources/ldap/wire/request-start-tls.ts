import type { Socket } from 'node:net'
import { Problem } from '../../../problem/problem.ts'
import { malformed } from '../ldap-failure.ts'
import { ldapProblems } from '../ldap-problems.ts'
import { readHeader } from './ber-header.ts'
import { cutFrames } from './cut-frames.ts'

/** ExtendedRequest 1.3.6.1.4.1.1466.20037 with message id 1 (RFC 4511 4.14.1). */
const request = Buffer.concat([
  Buffer.from([0x30, 0x1d, 0x02, 0x01, 0x01, 0x77, 0x18, 0x80, 0x16]),
  Buffer.from('1.3.6.1.4.1.1466.20037'),
])
const extendedResponse = 0x78

/** Asks the server to begin with TLS, and waits until it agrees. */
export async function requestStartTls(socket: Socket, server: string): Promise<void> {
  const code = await new Promise<number>((resolve, reject) => {
    const cut = cutFrames((frame) => resolve(resultOf(frame)))
    const take = (piece: Buffer) => {
      try {
        cut(piece)
      } catch (error) {
        reject(error)
      }
    }
    socket.on('data', take)
    socket.once('error', reject)
    socket.once('close', () => reject(malformed('to StartTLS never came')))
    socket.write(request)
  }).finally(() => {
    socket.removeAllListeners('data')
    socket.removeAllListeners('close')
    // Whatever comes from now on is for TLS.
    socket.pause()
  })
  if (code === 0) return
  throw new Problem(ldapProblems.ldap_starttls_refused, `${server} refuses StartTLS (result ${code}).`, {
    context: { server, resultCode: code },
  })
}

function resultOf(frame: Buffer): number {
  const message = readHeader(frame, 0)
  const id = readHeader(frame, message.start)
  const operation = readHeader(frame, id.end)
  const result = readHeader(frame, operation.start)
  if (operation.tag !== extendedResponse || result.end !== result.start + 1) throw malformed('to StartTLS is none')
  return frame[result.start] ?? 0
}
