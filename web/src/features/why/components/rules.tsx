import type { ReactNode } from 'react'
import styles from './answer.module.css'

interface Props {
  readonly rules: readonly { readonly key: string; readonly value: string }[]
  readonly children?: ReactNode
}

/** The keys of the policy that decide, and what they read. */
export function Rules({ rules, children }: Props) {
  if (rules.length === 0) return null
  return (
    <ul className={styles.rules}>
      {rules.map(({ key, value }) => (
        <li key={key}>
          {key}: <code>{value}</code>
        </li>
      ))}
      {children}
    </ul>
  )
}
