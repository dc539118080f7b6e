import type { PlanView } from '@rollcall/contract/api/plans'
import { useIntl } from 'react-intl'
import { messages } from '../messages.ts'
import { directionOf, inOrder, isKnownKind, lossKinds } from '../operation-kinds.ts'
import { pendingOf } from '../plan-numbers.ts'
import styles from './apply-numbers.module.css'
import { DirectionSign } from './direction-sign.tsx'

/** How many of each kind, what takes away first. */
export function ApplyNumbers({ plan }: { readonly plan: PlanView }) {
  const intl = useIntl()
  const { counts } = plan
  const kinds = inOrder(Object.keys(counts)).filter((kind) => pendingOf(counts, [kind]) > 0)
  const groups = [
    { title: messages.takesAway, kinds: lossKinds.filter((kind) => kinds.includes(kind)) },
    { title: messages.gives, kinds: kinds.filter((kind) => directionOf(kind) !== 'loss') },
  ].filter((group) => group.kinds.length > 0)
  return (
    <>
      <p>{intl.formatMessage(messages.applyIntro, { count: pendingOf(counts), target: plan.target.name })}</p>
      {groups.map((group) => (
        <section key={group.title.id} className={styles.group}>
          <h2 className={styles.title}>{intl.formatMessage(group.title)}</h2>
          <ul className={styles.numbers}>
            {group.kinds.map((kind) => (
              <li key={kind} className={styles.number}>
                <DirectionSign kind={kind} />
                <span>{isKnownKind(kind) ? intl.formatMessage(messages[kind]) : kind}</span>
                <strong className={styles.count}>{intl.formatNumber(pendingOf(counts, [kind]))}</strong>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}
