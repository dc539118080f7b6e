import Button from '@atlaskit/button/new'
import type { ScimTokenView } from '@rollcall/contract/api/scim'
import { useState } from 'react'
import { useIntl } from 'react-intl'
import { messages } from '../messages.ts'
import { CreateToken } from './create-token.tsx'
import { RotateDialog } from './rotate-dialog.tsx'
import styles from './section.module.css'
import { TokenTable } from './token-table.tsx'

interface Props {
  readonly slug: string
  readonly tokens: readonly ScimTokenView[]
  /** Signs tokens of its own, so that the provider may need none of these. */
  readonly jwtIssuer: string | undefined
}

const mostValid = 2

/** The tokens with which the provider signs in; those that ended only on request. */
export function Tokens({ slug, tokens, jwtIssuer }: Props) {
  const intl = useIntl()
  const [showsEnded, setShowsEnded] = useState(false)
  const [rotating, setRotating] = useState<ScimTokenView>()
  const valid = tokens.filter(({ state }) => state === 'valid')
  const ended = tokens.length - valid.length
  const shown = showsEnded ? tokens : valid
  const isFull = valid.length >= mostValid
  return (
    <div className={styles.section}>
      <div className={styles.head}>
        <div className={styles.section}>
          <h3 className={styles.heading}>{intl.formatMessage(messages.tokens)}</h3>
          <p className={styles.hint}>{intl.formatMessage(isFull ? messages.twoTokens : messages.tokensHint)}</p>
        </div>
        <CreateToken slug={slug} isPrimary={valid.length === 0 && jwtIssuer === undefined} isDisabled={isFull} />
      </div>
      {jwtIssuer !== undefined && <p>{intl.formatMessage(messages.jwtIssuer, { issuer: jwtIssuer })}</p>}
      {valid.length === 0 && jwtIssuer === undefined && <p>{intl.formatMessage(messages.noTokens)}</p>}
      {shown.length > 0 && <TokenTable slug={slug} tokens={shown} onRotate={setRotating} />}
      <RotateDialog slug={slug} token={rotating} onClose={() => setRotating(undefined)} />
      {ended > 0 && (
        <div>
          <Button appearance="subtle" spacing="compact" onClick={() => setShowsEnded(!showsEnded)}>
            {intl.formatMessage(showsEnded ? messages.hideEnded : messages.showEnded, { count: ended })}
          </Button>
        </div>
      )}
    </div>
  )
}
