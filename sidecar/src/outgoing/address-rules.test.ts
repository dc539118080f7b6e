import { expect, test } from 'vitest'
import { judgeAddress } from './address-rules.ts'

test.each([
  ['169.254.169.254', 'neverAllowed'],
  ['::ffff:169.254.169.254', 'neverAllowed'],
  ['64:ff9b::169.254.169.254', 'neverAllowed'],
  ['fe80::1', 'neverAllowed'],
  ['fd00:ec2::254', 'neverAllowed'],
  ['168.63.129.16', 'neverAllowed'],
  ['127.0.0.1', 'private'],
  ['::1', 'private'],
  ['::', 'private'],
  ['0.0.0.0', 'private'],
  ['10.1.2.3', 'private'],
  ['172.31.0.1', 'private'],
  ['172.32.0.1', 'allowed'],
  ['192.168.1.1', 'private'],
  ['::ffff:10.0.0.1', 'private'],
  ['fd12::1', 'private'],
  ['20.190.128.1', 'allowed'],
  ['2603:1006:2000::1', 'allowed'],
] as const)('%s is %s', (address, verdict) => {
  expect(judgeAddress(address)).toBe(verdict)
})
