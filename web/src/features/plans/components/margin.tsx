import type { MarginView } from '@rollcall/contract/api/plans'
import { useIntl } from 'react-intl'
import { messages } from '../messages.ts'
import styles from './margin.module.css'

const nearShare = 0.8

type Nearness = 'far' | 'near' | 'over'

function nearnessOf({ count, allowed }: MarginView): Nearness {
  if (count > allowed) return 'over'
  return count > 0 && count >= allowed * nearShare ? 'near' : 'far'
}

/** A limit as a bar, with the same in words. */
export function Margin({ margin }: { readonly margin: MarginView }) {
  const intl = useIntl()
  const { label, count, allowed, of } = margin
  const nearness = nearnessOf(margin)
  const share = allowed === 0 ? (count > 0 ? 1 : 0) : Math.min(1, count / allowed)
  const numbers =
    of === undefined
      ? intl.formatMessage(messages.limitCount, { count, allowed })
      : intl.formatMessage(messages.limitOf, { count, allowed, of })
  const warning = { far: undefined, near: messages.limitNear, over: messages.limitOver }[nearness]
  return (
    <li className={styles.margin} data-nearness={nearness}>
      <div className={styles.head}>
        <span className={styles.label}>{label}</span>
        {warning && <span className={styles.warning}>{intl.formatMessage(warning)}</span>}
      </div>
      <div className={styles.track} aria-hidden="true">
        <div className={styles.bar} style={{ inlineSize: `${share * 100}%` }} />
      </div>
      <span className={styles.numbers}>{numbers}</span>
    </li>
  )
}
