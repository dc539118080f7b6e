import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { findSlapd, type ThrowAwaySlapd } from '../../../scripts/slapd.ts'
import { generateCompany } from '../company/company.ts'
import { bindDn, passwordOf } from '../servers/bind-accounts.ts'
import { startCompany } from '../servers/start-company.ts'
import type { Fault } from './fault.ts'
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts'

const company = generateCompany({ seed: 5, people: 90, groups: 24, memberships: 90 })

describe.skipIf(findSlapd() === undefined)('ldapsearch through the proxy', () => {
  let slapd: ThrowAwaySlapd
  let proxy: FaultProxy
  beforeAll(async () => {
    slapd = await startCompany(company)
    proxy = await startFaultProxy(slapd)
  })
  afterEach(() => proxy.clear())
  afterAll(async () => {
    await proxy.close()
    await slapd.stop()
  })

  /** Exit code and number of people, in pages of 20. */
  async function search(): Promise<readonly [code: number, people: number]> {
    const words = ['-LLL', '-x', '-H', proxy.url, '-D', bindDn('reader', company.suffix), '-w', passwordOf('reader')]
    const query = ['-b', company.suffix, '-E', 'pr=20/noprompt', '(objectClass=inetOrgPerson)', 'uid']
    const answered = promisify(execFile)('ldapsearch', [...words, ...query], { timeout: 1500 })
    const { code, stdout } = await answered.then(
      ({ stdout }) => ({ code: 0, stdout }),
      ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
    )
    return [code, (stdout.match(/^uid:/gm) ?? []).length]
  }

  const at = { page: 2, afterEntries: 5 }
  const faults: readonly (readonly [
    what: string,
    fault: Fault | undefined,
    code: number | 'any but 0',
    people: number,
  ])[] = [
    ['nothing happens', undefined, 0, 90],
    ['answers are late', { kind: 'delay', ms: 10 }, 0, 90],
    ['the server ends within page 2', { kind: 'cut', how: 'end', at }, 'any but 0', 25],
    ['the connection ends between pages', { kind: 'cut', how: 'end', at: { page: 3 } }, 'any but 0', 60],
    ['nothing comes of a sudden', { kind: 'silence', at }, 'any but 0', 25],
    ['page 2 ends with busy', { kind: 'result', page: 2, code: 51 }, 51, 40],
    ['an empty page comes first', { kind: 'emptyPage', page: 2 }, 0, 90],
    ['page 2 says it is the last', { kind: 'falseEnd', page: 2 }, 0, 40],
    ['the server bids farewell', { kind: 'inject', what: 'notice', at }, 'any but 0', 25],
  ]

  test.each(faults)('%s: people are seen up to there', async (_what, fault, code, people) => {
    if (fault) proxy.strike(fault)
    const [ended, seen] = await search()
    expect(seen).toBe(people)
    if (code === 'any but 0') expect(ended).not.toBe(0)
    else expect(ended).toBe(code)
    if (fault) expect(proxy.seen.struck).toBe(fault.kind === 'delay' ? 0 : 1)
  })

  test('a reset takes with it what was under way', async () => {
    proxy.strike({ kind: 'cut', how: 'reset', at })
    const [ended, seen] = await search()
    expect([ended === 0, seen <= 25, proxy.seen.struck]).toEqual([false, true, 1])
  })
})
