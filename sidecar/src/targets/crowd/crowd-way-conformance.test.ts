import type { Attributes } from '../../identity/identity.ts'
import { describeTarget } from '../conformance/describe-target.ts'
import { textsOf } from './attribute-writes.ts'
import { openBesideCrowd, openUserServer } from './testing/testing-sites.ts'

/** Crowd keeps texts. */
const kept = (attributes: Attributes): unknown =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, textsOf(value)]))

describeTarget('Jira as a Crowd server', {
  accountCounts: [0, 998, 999, 1000],
  memberCounts: [1, 999, 1000, 1001],
  illegalNames: ['', 'x'.repeat(256)],
  tellsSeats: false,
  signsInAsAccount: false,
  kept,
  open: (situation) => openUserServer('jira', situation),
})

describeTarget('Confluence with the Crowd way', {
  accountCounts: [0, 199],
  memberCounts: [1, 200],
  legalNames: ['ärger@example.com', '山田太郎', 'a.b-c_d;e=f'],
  illegalNames: [''],
  legalGroupNames: ['Ä & Ö = 50?', 'g'.repeat(255)],
  tellsEmails: false,
  createsWithoutSeat: false,
  kept,
  open: (situation) => openBesideCrowd('confluence', situation),
})

describeTarget('Bitbucket with the Crowd way', {
  accountCounts: [0, 99],
  memberCounts: [1, 100],
  illegalNames: ['', 'x'.repeat(256)],
  kept,
  open: (situation) => openBesideCrowd('bitbucket', situation),
})

describeTarget('Jira with its own user server', {
  accountCounts: [0, 99],
  memberCounts: [1, 100],
  illegalNames: ['', 'a<b', 'x'.repeat(256)],
  open: (situation) => openBesideCrowd('jira', situation),
})
