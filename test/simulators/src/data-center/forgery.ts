import type { IncomingHttpHeaders } from 'node:http'

const formTypes = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']

/** Whether a foreign web page could have made a browser send this (Data Center, XSRF). */
export function isForged(method: string, headers: IncomingHttpHeaders, base: string): boolean {
  if (method === 'GET') return false
  if (fromBrowserElsewhere(headers, base)) return true
  if (method !== 'POST' || headers['x-atlassian-token'] === 'no-check') return false
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  return type === undefined || formTypes.includes(type)
}

/** A browser-like agent switches on the check of Origin and Referer. */
function fromBrowserElsewhere(headers: IncomingHttpHeaders, base: string): boolean {
  if (!/^(Mozilla|Opera)\//.test(headers['user-agent'] ?? '')) return false
  const from = headers.origin ?? headers.referer
  return from === undefined || !URL.canParse(from) || new URL(from).origin !== new URL(base).origin
}
