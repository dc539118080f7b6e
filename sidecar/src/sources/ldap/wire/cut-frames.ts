import { Problem } from '../../../problem/problem.ts'
import { malformed } from '../ldap-failure.ts'
import { ldapProblems } from '../ldap-problems.ts'
import { elementSize } from './ber-header.ts'

/** LDAPMessage is a SEQUENCE (RFC 4511 4.1.1). */
const sequence = 0x30
/** No entry of a directory is larger: 100,000 members take some 10 MB. */
const largestFrame = 512 * 1024 * 1024

/**
 * Cuts a stream into LDAP messages. Pieces are joined once a message is whole and not each time one arrives: a large group
 * comes in hundreds of pieces.
 */
export function cutFrames(take: (frame: Buffer) => void): (piece: Buffer) => void {
  let waiting: Buffer[] = []
  let size = 0
  let wanted: number | undefined
  return (piece) => {
    waiting.push(piece)
    size += piece.length
    if (wanted !== undefined && size < wanted) return
    let bytes = waiting.length === 1 ? piece : Buffer.concat(waiting, size)
    for (wanted = frameSize(bytes); wanted !== undefined && bytes.length >= wanted; wanted = frameSize(bytes)) {
      const frame = bytes.subarray(0, wanted)
      bytes = bytes.subarray(wanted)
      take(frame)
    }
    waiting = bytes.length > 0 ? [bytes] : []
    size = bytes.length
  }
}

function frameSize(bytes: Buffer): number | undefined {
  if (bytes.length === 0) return undefined
  if (bytes[0] !== sequence) throw malformed('does not begin as LDAP does')
  const size = elementSize(bytes)
  if (size !== undefined && size > largestFrame) {
    throw new Problem(ldapProblems.ldap_answer_too_large, `The server announces a message of ${size} bytes.`)
  }
  return size
}
