import { get } from 'node:https'
import { expect, test } from 'vitest'
import { startEntraSimulator } from './entra-simulator.ts'
import { createTenant } from './tenant/tenant.ts'
import { createGraphClient } from './testing/graph-client.ts'
import { createSelfSignedCertificate } from './testing/self-signed-certificate.ts'

const statusOf = (url: string, ca: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => get(url, { ca }, ({ statusCode }) => resolve(statusCode)).on('error', reject))

test('speaks https to a client that trusts its certificate, and only to that one', async () => {
  const { key, cert } = createSelfSignedCertificate()
  const simulator = await startEntraSimulator({ tls: { key, cert } })
  try {
    const url = `${simulator.loginUrl}/${simulator.tenant.tenantId}/v2.0/.well-known/openid-configuration`
    expect(await statusOf(url, cert)).toBe(200)
    await expect(statusOf(url, createSelfSignedCertificate().cert)).rejects.toThrow('self-signed certificate')
  } finally {
    await simulator.close()
  }
})

test('answers from kept pages until the directory changes', async () => {
  const tenant = createTenant({ users: 5, groups: 1 })
  const simulator = await startEntraSimulator({ tenant, cachePages: true })
  try {
    const client = await createGraphClient(simulator)
    const read = async () => (await client.get('/users?$select=displayName&$top=1')).body
    expect(await read()).toEqual(await read())
    tenant.updateUser(tenant.users()[0]?.id ?? '', { displayName: 'Renamed' })
    expect((await read()).value).toEqual([{ displayName: 'Renamed' }])
  } finally {
    await simulator.close()
  }
})
