import Button from '@atlaskit/button/new'
import type { ScimTokenView } from '@rollcall/contract/api/scim'
import { FormattedMessage, useIntl } from 'react-intl'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { ResponsiveTable } from '../../../components/responsive-table.tsx'
import { messages } from '../messages.ts'
import { RevokeToken } from './revoke-token.tsx'
import { TokenLozenge } from './token-lozenge.tsx'
import styles from './token-table.module.css'

interface Props {
  readonly slug: string
  readonly tokens: readonly ScimTokenView[]
  readonly onRotate: (token: ScimTokenView) => void
}

export function TokenTable({ slug, tokens, onRotate }: Props) {
  const intl = useIntl()
  const timeOr = (at: number | undefined, otherwise: keyof typeof messages) =>
    at === undefined ? intl.formatMessage(messages[otherwise]) : <RelativeTime at={at} />
  const isAlone = tokens.filter(({ state }) => state === 'valid').length === 1
  return (
    <ResponsiveTable
      caption={intl.formatMessage(messages.tokens)}
      columns={[
        { key: 'token', header: intl.formatMessage(messages.token), isRowHeader: true, isWide: true },
        { key: 'state', header: intl.formatMessage(messages.state) },
        { key: 'expires', header: intl.formatMessage(messages.expires) },
        { key: 'lastUsed', header: intl.formatMessage(messages.lastUsed) },
        { key: 'created', header: intl.formatMessage(messages.created) },
        { key: 'actions', header: intl.formatMessage(messages.actions), isWide: true },
      ]}
      rows={tokens.map((token) => ({
        key: token.tokenId,
        cells: {
          token: <TokenName token={token} />,
          state: <TokenLozenge token={token} />,
          // What would have ended later was ended by hand.
          expires: token.state !== 'revoked' && timeOr(token.expiresAt, 'never'),
          lastUsed: timeOr(token.lastUsedAt, 'notUsed'),
          created: <Created token={token} />,
          actions: token.state === 'valid' && (
            <div className={styles.actions}>
              {isAlone && (
                <Button
                  spacing="compact"
                  aria-label={intl.formatMessage(messages.rotateToken, { label: token.label })}
                  onClick={() => onRotate(token)}
                >
                  {intl.formatMessage(messages.rotate)}
                </Button>
              )}
              <RevokeToken slug={slug} token={token} />
            </div>
          ),
        },
      }))}
    />
  )
}

function TokenName({ token: { label, tokenId } }: { readonly token: ScimTokenView }) {
  return (
    <span className={styles.name}>
      {label} <code className={styles.id}>{tokenId}</code>
    </span>
  )
}

function Created({ token: { createdAt, createdBy } }: { readonly token: ScimTokenView }) {
  const when = <RelativeTime at={createdAt} />
  return createdBy === undefined ? (
    when
  ) : (
    <FormattedMessage {...messages.createdBy} values={{ when, name: createdBy }} />
  )
}
