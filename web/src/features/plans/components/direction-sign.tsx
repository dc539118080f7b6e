import { useIntl } from 'react-intl'
import { messages } from '../messages.ts'
import { directionOf } from '../operation-kinds.ts'
import styles from './direction-sign.module.css'

const glyphs = { gain: '+', loss: '−', change: '~' } as const

/** Whether a kind gives, takes away or neither: as a sign, and in words for who cannot see it. */
export function DirectionSign({ kind }: { readonly kind: string }) {
  const direction = directionOf(kind)
  return (
    <>
      <span className={styles.sign} data-direction={direction} aria-hidden="true">
        {glyphs[direction]}
      </span>
      <span className="visually-hidden">{useIntl().formatMessage(messages[direction])}</span>
    </>
  )
}
