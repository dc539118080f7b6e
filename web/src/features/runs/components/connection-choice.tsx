import Select from '@atlaskit/select/Select'
import { useIntl } from 'react-intl'
import { runsHref } from '../../../routing/route.ts'
import { navigate } from '../../../routing/use-route.ts'
import { messages } from '../messages.ts'
import styles from './connection-choice.module.css'

interface Props {
  readonly connection: string | undefined
  readonly connections: readonly { readonly slug: string; readonly name: string }[]
}

/** Narrows the history to one connection; the address remembers it. */
export function ConnectionChoice({ connection, connections }: Props) {
  const intl = useIntl()
  const all = { value: '', label: intl.formatMessage(messages.allConnections) }
  const options = [all, ...connections.map(({ slug, name }) => ({ value: slug, label: name }))]
  if (connections.length < 2 && connection === undefined) return null
  return (
    <div className={styles.choice}>
      <Select
        aria-label={intl.formatMessage(messages.connection)}
        options={options}
        value={options.find(({ value }) => value === (connection ?? '')) ?? all}
        onChange={(chosen) => navigate(runsHref(chosen?.value || undefined))}
      />
    </div>
  )
}
