import type { ScimTokenView } from '@rollcall/contract/api/scim'
import { useState } from 'react'
import { useIntl } from 'react-intl'
import type { useRotateToken } from '../api/change-tokens.ts'
import { messages } from '../messages.ts'
import { Choice } from './choice.tsx'
import { type Expiry, ExpiryChoice, expiryOf, usualExpiry } from './expiry-choice.tsx'
import { TokenForm } from './token-form.tsx'

const overlaps = ['0', '1', '24', '168', '720'] as const
type Overlap = (typeof overlaps)[number]

interface Props {
  readonly token: ScimTokenView
  readonly rotate: ReturnType<typeof useRotateToken>
  readonly onClose: () => void
}

export function RotateTokenForm({ token, rotate, onClose }: Props) {
  const intl = useIntl()
  const [overlap, setOverlap] = useState<Overlap>('24')
  const [expiry, setExpiry] = useState<Expiry>(usualExpiry)
  const options = overlaps.map((value) => ({ value, label: intl.formatMessage(messages[`overlap_${value}`]) }))
  return (
    <TokenForm
      title={intl.formatMessage(messages.rotateTitle, { label: token.label })}
      submit={intl.formatMessage(messages.rotate)}
      change={rotate}
      onSubmit={() => rotate.mutate({ tokenId: token.tokenId, overlapHours: Number(overlap), ...expiryOf(expiry) })}
      onClose={onClose}
    >
      <p>{intl.formatMessage(messages.rotateText)}</p>
      <Choice label={intl.formatMessage(messages.overlap)} options={options} value={overlap} onChange={setOverlap} />
      <ExpiryChoice label={intl.formatMessage(messages.newExpiry)} value={expiry} onChange={setExpiry} />
    </TokenForm>
  )
}
