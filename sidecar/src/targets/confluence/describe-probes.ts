import type { ConfluenceProbes } from './probe-confluence.ts'

/** For people, in `check`. */
export function describeProbes({ updates, emails }: ConfluenceProbes): string {
  const names = 'User names cannot be changed by REST in any release.'
  if (!updates) return `This release cannot change full names and e-mails by REST, nor show e-mails. ${names}`
  const shown = emails ? 'shows e-mails of active people' : 'shows no e-mails'
  return `This release changes full names and e-mails, and ${shown}. ${names}`
}
