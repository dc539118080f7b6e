import Button, { LinkButton } from '@atlaskit/button/new'
import type { ConnectionView } from '@rollcall/contract/api/connections'
import { useState } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import { logHref, runsHref } from '../../../routing/route.ts'
import type { useStartRun } from '../api/start-run.ts'
import { messages } from '../messages.ts'
import { CheckDialog } from './check-dialog.tsx'

interface Props {
  readonly connection: ConnectionView
  readonly start: ReturnType<typeof useStartRun>
}

export function ConnectionActions({ connection, start }: Props) {
  const intl = useIntl()
  const [checking, setChecking] = useState(false)
  const starting = start.isPending ? start.variables : undefined
  return (
    <>
      {connection.method === 'scim' && (
        <LinkButton appearance="subtle" href={logHref(connection.slug)}>
          <FormattedMessage {...messages.provisioningLog} />
        </LinkButton>
      )}
      <LinkButton appearance="subtle" href={runsHref(connection.slug)}>
        <FormattedMessage {...messages.history} />
      </LinkButton>
      <Button appearance="subtle" onClick={() => setChecking(true)}>
        <FormattedMessage {...messages.check} />
      </Button>
      <Button
        title={intl.formatMessage(messages.planTitle)}
        isLoading={starting === 'plan'}
        onClick={() => start.mutate('plan')}
      >
        <FormattedMessage {...messages.plan} />
      </Button>
      <Button appearance="primary" isLoading={starting === 'synchronize'} onClick={() => start.mutate('synchronize')}>
        <FormattedMessage {...messages.synchronize} />
      </Button>
      <CheckDialog connection={connection} isOpen={checking} onClose={() => setChecking(false)} />
    </>
  )
}
