import type { WhyAccount } from '@rollcall/contract/api/why'
import { useIntl } from 'react-intl'
import { messages } from '../messages.ts'
import styles from './answer.module.css'
import { Provenance } from './provenance.tsx'
import { Told } from './told.tsx'
import { VerdictLozenge } from './verdict-lozenge.tsx'

export function AccountAnswer({ account }: { readonly account: WhyAccount }) {
  const intl = useIntl()
  const { name, verdict, claim } = account
  return (
    <article className={styles.answer}>
      <div className={styles.head}>
        <strong>{intl.formatMessage(name === undefined ? messages.noAccount : messages.account, { name })}</strong>
        <VerdictLozenge verdict={verdict} of="account" />
      </div>
      <Told told={account} />
      {claim && <Provenance message={messages.claimed} provenance={claim} />}
    </article>
  )
}
