import type { IncomingHttpHeaders } from 'node:http'
import { type Answer, page } from './answer.ts'

const formTypes = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']

/** Refuses what a foreign web page could have made a browser send (atlassian-rest.md 2.2). */
export function forgery(method: string, headers: IncomingHttpHeaders, base: string): Answer | undefined {
  if (method === 'GET') return undefined
  if (fromBrowserElsewhere(headers, base)) return checkFailed
  if (method !== 'POST' || headers['x-atlassian-token'] === 'no-check') return undefined
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  return type === undefined || formTypes.includes(type) ? checkFailed : undefined
}

/** A browser-like agent switches on the check of Origin and Referer. */
function fromBrowserElsewhere(headers: IncomingHttpHeaders, base: string): boolean {
  if (!/^(Mozilla|Opera)\//.test(headers['user-agent'] ?? '')) return false
  const from = headers.origin ?? headers.referer
  return from === undefined || !URL.canParse(from) || new URL(from).origin !== new URL(base).origin
}

const checkFailed = page(403, 'XSRF check failed')
