import type { WhyAttribute } from '@rollcall/contract/api/why'
import { useIntl } from 'react-intl'
import { messages } from '../messages.ts'
import styles from './answer.module.css'
import { Rules } from './rules.tsx'
import { Told } from './told.tsx'

export function AttributeAnswer({ attribute }: { readonly attribute: WhyAttribute }) {
  const intl = useIntl()
  const { name, value, wanted, rules, reads } = attribute
  return (
    <article className={styles.answer}>
      <div className={styles.head}>
        <strong>{name}</strong>
        <span>{value ?? intl.formatMessage(messages.nothing)}</span>
      </div>
      {wanted !== undefined && wanted !== value && <p>{intl.formatMessage(messages.wanted, { value: wanted })}</p>}
      <Rules rules={rules}>
        {reads.map((read) => (
          <li key={read.attribute}>
            {intl.formatMessage(read.value === undefined ? messages.readsNothing : messages.reads, read)}
          </li>
        ))}
      </Rules>
      <Told told={attribute} />
    </article>
  )
}
