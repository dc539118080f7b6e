import type { TargetView } from '@rollcall/contract/api/targets'
import { FormattedNumber, type IntlShape, useIntl } from 'react-intl'
import { Facts } from '../../../components/facts.tsx'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { unclaimedHref } from '../../../routing/route.ts'
import { messages } from '../messages.ts'
import styles from './target-facts.module.css'

/** Who is in it and who of them is ours, where new accounts go, and how many seats are left. */
export function TargetFacts({ target }: { readonly target: TargetView }) {
  const intl = useIntl()
  const { slug, observedAt, accounts, unclaimed, unboundGroups } = target
  const observed = observedAt === undefined ? intl.formatMessage(messages.never) : <RelativeTime at={observedAt} />
  return (
    <>
      <Facts
        facts={[
          { term: intl.formatMessage(messages.observed), value: observed },
          { term: intl.formatMessage(messages.accounts), value: <FormattedNumber value={accounts} /> },
          { term: intl.formatMessage(messages.claimed), value: claimedText(intl, target) },
          {
            term: intl.formatMessage(messages.unclaimed),
            value: <a href={unclaimedHref(slug)}>{intl.formatMessage(messages.unclaimedLink, { count: unclaimed })}</a>,
          },
          {
            term: intl.formatMessage(messages.unboundGroups),
            value: (
              <a href={unclaimedHref(slug, 'groups')}>
                {intl.formatMessage(messages.groupsLink, { count: unboundGroups })}
              </a>
            ),
          },
          ...seatFacts(intl, target),
        ]}
      />
      <Directory target={target} />
    </>
  )
}

const claimedText = (intl: IntlShape, { claimed, missing }: TargetView): string =>
  missing === 0 ? intl.formatNumber(claimed) : intl.formatMessage(messages.missing, { claimed, missing })

function seatFacts(intl: IntlShape, { seats }: TargetView) {
  if (seats.length === 0) return []
  const texts = seats.map(({ application, remaining }) =>
    remaining === undefined
      ? intl.formatMessage(messages.seatsUnlimited, { application })
      : intl.formatMessage(messages.seatsOf, { application, remaining }),
  )
  return [{ term: intl.formatMessage(messages.seats), value: texts.join(', ') }]
}

function Directory({ target: { directory } }: { readonly target: TargetView }) {
  const intl = useIntl()
  if (!directory) return null
  return (
    <p className={styles.directory}>
      <span className={styles.term}>{intl.formatMessage(messages.directory)}</span>{' '}
      <strong>{directory.name ?? intl.formatMessage(messages.directoryUnnamed)}</strong>. {directory.why}
    </p>
  )
}
