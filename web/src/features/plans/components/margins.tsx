import type { MarginView } from '@rollcall/contract/api/plans'
import { useIntl } from 'react-intl'
import { Card } from '../../../components/card.tsx'
import { messages } from '../messages.ts'
import { Margin } from './margin.tsx'
import styles from './margins.module.css'

/** Each limit of the guard, and how near the plan comes to it. */
export function Margins({ margins }: { readonly margins: readonly MarginView[] }) {
  const intl = useIntl()
  if (margins.length === 0) return null
  return (
    <Card title={intl.formatMessage(messages.limits)}>
      <ul className={styles.margins}>
        {margins.map((margin) => (
          <Margin key={margin.limit + margin.label} margin={margin} />
        ))}
      </ul>
    </Card>
  )
}
