import type { ScimLogEntry } from '@rollcall/contract/api/scim'
import { FormattedMessage, useIntl } from 'react-intl'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { ResponsiveTable } from '../../../components/responsive-table.tsx'
import { planHref } from '../../../routing/route.ts'
import { useScim } from '../api/scim.ts'
import { messages } from '../messages.ts'
import styles from './log-table.module.css'
import { StatusLozenge } from './status-lozenge.tsx'

interface Props {
  readonly slug: string
  readonly entries: readonly ScimLogEntry[]
}

export function LogTable({ slug, entries }: Props) {
  const intl = useIntl()
  const labels = new Map(useScim(slug).data?.tokens.map(({ tokenId, label }) => [tokenId, label]))
  return (
    <ResponsiveTable
      caption={intl.formatMessage(messages.logTitle)}
      columns={[
        { key: 'time', header: intl.formatMessage(messages.time) },
        { key: 'outcome', header: intl.formatMessage(messages.outcome) },
        { key: 'request', header: intl.formatMessage(messages.request), isRowHeader: true },
        { key: 'who', header: intl.formatMessage(messages.who) },
        { key: 'plan', header: intl.formatMessage(messages.plan) },
        { key: 'details', header: intl.formatMessage(messages.details), isWide: true },
        { key: 'from', header: intl.formatMessage(messages.from), isWide: true },
      ]}
      rows={entries.map((entry) => ({
        key: entry.id,
        cells: {
          time: <Time entry={entry} />,
          outcome: <StatusLozenge entry={entry} />,
          request: <span className={styles.whole}>{[entry.method, entry.resourceType].filter(Boolean).join(' ')}</span>,
          who: <About entry={entry} />,
          plan: <Plans entry={entry} />,
          details: <Details entry={entry} />,
          from: <From entry={entry} label={labels.get(entry.tokenId ?? '')} />,
        },
      }))}
    />
  )
}

interface OfEntry {
  readonly entry: ScimLogEntry
}

function Time({ entry: { at, durationMs } }: OfEntry) {
  return (
    <span className={`${styles.two} ${styles.whole}`}>
      <RelativeTime at={at} />
      <span className={styles.small}>
        <FormattedMessage {...messages.duration} values={{ ms: durationMs }} />
      </span>
    </span>
  )
}

function About({ entry: { subject, scimId } }: OfEntry) {
  if (subject !== undefined) return <span className={styles.subject}>{subject}</span>
  return scimId === undefined ? null : <code className={styles.id}>{scimId}</code>
}

/** Where the change went: the targets tell the plans apart where there are several. */
function Plans({ entry: { plans, waiting } }: OfEntry) {
  if (waiting) return <FormattedMessage {...messages.notPlanned} />
  return (
    <span className={`${styles.two} ${styles.whole}`}>
      {plans.map(({ planId, target }) => (
        <span key={planId}>
          <a href={planHref(planId)}>
            <FormattedMessage {...messages.planOf} values={{ id: planId }} />
          </a>
          {plans.length > 1 && <span className={styles.small}> {target.name}</span>}
        </span>
      ))}
    </span>
  )
}

function Details({ entry: { detail, attributes } }: OfEntry) {
  if (detail === undefined && attributes.length === 0) return null
  return (
    <span className={styles.two}>
      {detail !== undefined && <span>{detail}</span>}
      {attributes.length > 0 && (
        <span className={styles.small}>
          <FormattedMessage {...messages.attributes} values={{ names: attributes.join(', ') }} />
        </span>
      )}
    </span>
  )
}

const From = ({ entry: { remoteAddress, tokenId }, label }: OfEntry & { readonly label: string | undefined }) => (
  <span className={`${styles.two} ${styles.from}`}>
    {tokenId !== undefined && <span>{label ?? tokenId}</span>}
    <span className={styles.small}>{remoteAddress}</span>
  </span>
)
