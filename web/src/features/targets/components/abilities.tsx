import type { AbilityView, TargetView } from '@rollcall/contract/api/targets'
import { type IntlShape, useIntl } from 'react-intl'
import { ResponsiveTable } from '../../../components/responsive-table.tsx'
import { messages } from '../messages.ts'
import styles from './abilities.module.css'

/** What a product cannot do, and what it does on another way than by itself. */
export function Abilities({ target: { name, abilities } }: { readonly target: TargetView }) {
  const intl = useIntl()
  if (abilities.length === 0) return null
  return (
    <details className={styles.abilities}>
      <summary>{intl.formatMessage(messages.abilities, { count: abilities.length })}</summary>
      <ResponsiveTable
        caption={intl.formatMessage(messages.abilitiesOf, { name })}
        columns={[
          { key: 'ability', header: intl.formatMessage(messages.ability), isRowHeader: true },
          { key: 'way', header: intl.formatMessage(messages.way) },
          { key: 'note', header: intl.formatMessage(messages.note), isWide: true },
        ]}
        rows={abilities.map((ability) => ({
          key: ability.kind,
          cells: { ability: kindText(intl, ability.kind), way: wayText(intl, ability), note: ability.note },
        }))}
      />
    </details>
  )
}

const isMessage = (key: string): key is keyof typeof messages => Object.hasOwn(messages, key)

const kindText = (intl: IntlShape, kind: string): string =>
  isMessage(kind) ? intl.formatMessage(messages[kind]) : kind

const wayText = (intl: IntlShape, { able, way = 'rest' }: AbilityView): string =>
  intl.formatMessage(able ? messages[`way_${way}`] : messages.unable)
