import type { WhyMembership } from '@rollcall/contract/api/why'
import { useIntl } from 'react-intl'
import { messages } from '../messages.ts'
import styles from './answer.module.css'
import { Provenance } from './provenance.tsx'
import { Rules } from './rules.tsx'
import { Told } from './told.tsx'
import { VerdictLozenge } from './verdict-lozenge.tsx'

export function MembershipAnswer({ membership }: { readonly membership: WhyMembership }) {
  const intl = useIntl()
  const { group, verdict, through, path, rules, grant } = membership
  return (
    <article className={styles.answer}>
      <div className={styles.head}>
        <strong>{group}</strong>
        <VerdictLozenge verdict={verdict} of="group" />
      </div>
      {through !== undefined && <p>{intl.formatMessage(messages.through, { group: through })}</p>}
      <Told told={membership} />
      {path.length > 0 && (
        <p className={styles.subtle}>
          {intl.formatMessage(messages.path)}:{' '}
          {path.map(({ name, externalId }) => `${name} (${externalId})`).join(' → ')}
        </p>
      )}
      <Rules rules={rules} />
      {grant && <Provenance message={messages.granted} provenance={grant} />}
    </article>
  )
}
