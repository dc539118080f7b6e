import LinkExternalIcon from '@atlaskit/icon/core/link-external'
import Lozenge from '@atlaskit/lozenge'
import type { TargetView } from '@rollcall/contract/api/targets'
import { type IntlShape, useIntl } from 'react-intl'
import { Card } from '../../../components/card.tsx'
import { messages } from '../messages.ts'
import { Abilities } from './abilities.tsx'
import { ChangedTarget } from './changed-target.tsx'
import { TargetFacts } from './target-facts.tsx'

/** One product: what it is, who is in it, and whether it is still the same. */
export function TargetCard({ target }: { readonly target: TargetView }) {
  const intl = useIntl()
  return (
    <Card
      title={target.name}
      mark={<TargetMark target={target} />}
      subtitle={subtitleOf(intl, target)}
      actions={<TargetLink target={target} />}
    >
      <ChangedTarget target={target} />
      <TargetFacts target={target} />
      <Abilities target={target} />
    </Card>
  )
}

function TargetMark({ target: { paused, fingerprint } }: { readonly target: TargetView }) {
  const intl = useIntl()
  if (fingerprint.state === 'changed') {
    return <Lozenge appearance="removed">{intl.formatMessage(messages.changed)}</Lozenge>
  }
  if (paused) return <Lozenge appearance="moved">{intl.formatMessage(messages.paused)}</Lozenge>
  if (fingerprint.state === 'unknown') return <Lozenge>{intl.formatMessage(messages.neverReached)}</Lozenge>
  return <Lozenge appearance="success">{intl.formatMessage(messages.known)}</Lozenge>
}

function TargetLink({ target: { url } }: { readonly target: TargetView }) {
  const intl = useIntl()
  if (url === undefined || !/^https?:\/\//.test(url)) return null
  return (
    <a href={url} target="_blank" rel="noreferrer" title={url}>
      <LinkExternalIcon label={intl.formatMessage(messages.opens, { url })} />
    </a>
  )
}

function subtitleOf(intl: IntlShape, { product, version, kindLabel, managedBy }: TargetView): string {
  const what = product && version ? intl.formatMessage(messages.version, { product, version }) : (product ?? kindLabel)
  const [kind, file] = managedBy.split(/:(.*)/)
  return kind === 'file' && file ? `${what} · ${intl.formatMessage(messages.managedByFile, { file })}` : what
}
