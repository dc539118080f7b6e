import Button from '@atlaskit/button/new'
import type { PlanView } from '@rollcall/contract/api/plans'
import { useIntl } from 'react-intl'
import { Card } from '../../../components/card.tsx'
import { ProblemMessage } from '../../../components/problem-message.tsx'
import { useLiftVeto, useVetoes } from '../api/vetoes.ts'
import { messages } from '../messages.ts'
import { Veto } from './veto.tsx'
import styles from './vetoes.module.css'

/** What was undone and stays undone, until somebody lifts it or the provider changes its mind. */
export function Vetoes({ plan }: { readonly plan: PlanView }) {
  const intl = useIntl()
  const { query, vetoes } = useVetoes(plan)
  const lift = useLiftVeto(plan)
  if (query.isError) return <ProblemMessage error={query.error} onRetry={() => void query.refetch()} />
  if (vetoes.length === 0) return null
  return (
    <Card title={intl.formatMessage(messages.vetoes)} subtitle={intl.formatMessage(messages.vetoesText)}>
      {lift.isError && <ProblemMessage error={lift.error} />}
      <ul className={styles.list}>
        {vetoes.map((veto) => (
          <Veto
            key={veto.id}
            veto={veto}
            isLifting={lift.isPending && lift.variables === veto.id}
            onLift={() => lift.mutate(veto.id)}
          />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button isLoading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {intl.formatMessage(messages.moreVetoes)}
        </Button>
      )}
    </Card>
  )
}
