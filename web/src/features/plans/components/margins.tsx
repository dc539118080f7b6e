import type { MarginView } from '@rollcall/contract/api/plans'
import { useIntl } from 'react-intl'
import { Card } from '../../../components/card.tsx'
import { messages } from '../messages.ts'
import { Margin } from './margin.tsx'
import styles from './margins.module.css'

/** Each limit of the guard, and how near the plan comes to it. */
export function Margins({ margins }: { readonly margins: readonly MarginView[] }) {
  const intl = useIntl()
  // A limit of nothing on nothing, as before the first account is managed, says nothing.
  const telling = margins.filter(({ count, allowed }) => count > 0 || allowed > 0)
  if (telling.length === 0) return null
  return (
    <Card title={intl.formatMessage(messages.limits)}>
      <ul className={styles.margins}>
        {telling.map((margin) => (
          <Margin key={margin.limit + margin.label} margin={margin} />
        ))}
      </ul>
    </Card>
  )
}
