import { type ReactNode, useEffect, useRef } from 'react'
import styles from './page-header.module.css'

interface Props {
  readonly title: string
  readonly mark?: ReactNode
  readonly subtitle?: ReactNode
  readonly actions?: ReactNode
}

let first = true

/** The one `h1` of a page: it names the window too, and takes the focus when a person comes from another page. */
export function PageHeader({ title, mark, subtitle, actions }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} – Rollcall`
  }, [title])
  useEffect(() => {
    if (!first) heading.current?.focus()
    first = false
  }, [])
  return (
    <header className={styles.header}>
      <div className={styles.names}>
        <div className={styles.title}>
          <h1 ref={heading} tabIndex={-1} className={styles.heading}>
            {title}
          </h1>
          {mark}
        </div>
        {subtitle && <div className={styles.subtitle}>{subtitle}</div>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  )
}
