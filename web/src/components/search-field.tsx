import { IconButton } from '@atlaskit/button/new'
import CrossCircleIcon from '@atlaskit/icon/core/cross-circle'
import SearchIcon from '@atlaskit/icon/core/search'
import Textfield from '@atlaskit/textfield'
import { useIntl } from 'react-intl'
import { messages } from './messages.ts'
import styles from './search-field.module.css'

interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

export function SearchField({ label, value, onChange }: Props) {
  const clear = useIntl().formatMessage(messages.clearSearch)
  return (
    <div className={styles.search}>
      <Textfield
        aria-label={label}
        placeholder={label}
        isCompact
        maxLength={200}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        elemBeforeInput={
          <span className={styles.icon}>
            <SearchIcon label="" color="currentColor" />
          </span>
        }
        elemAfterInput={
          value !== '' && (
            <IconButton
              icon={CrossCircleIcon}
              label={clear}
              appearance="subtle"
              spacing="compact"
              onClick={() => onChange('')}
            />
          )
        }
      />
    </div>
  )
}
