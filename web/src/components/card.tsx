import { type ReactNode, useId } from 'react'
import styles from './card.module.css'

interface Props {
  readonly title: string
  /** Beside the title. */
  readonly mark?: ReactNode
  /** Under the title. */
  readonly subtitle?: ReactNode
  readonly actions?: ReactNode
  readonly children?: ReactNode
}

/** A region of its own with a heading, and what can be done with it. */
export function Card({ title, mark, subtitle, actions, children }: Props) {
  const id = useId()
  return (
    <section className={styles.card} aria-labelledby={id}>
      <header className={styles.header}>
        <div className={styles.names}>
          <div className={styles.title}>
            <h2 id={id} className={styles.heading}>
              {title}
            </h2>
            {mark}
          </div>
          {subtitle && <p className={styles.subtitle}>{subtitle}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </section>
  )
}
