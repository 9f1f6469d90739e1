import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { RecordPanel, type PanelProps } from '../records/record-panel.tsx'
import { Story } from '../records/story.tsx'
import { DealBody } from './deal-body.tsx'
import { dealQuery, dealTimelineQuery } from './queries.ts'
import { StageBadge } from './stage-badge.tsx'

/** A deal beside the list or the board. */
export function DealPanel({ id: dealId, members, nameOf, onClose }: PanelProps) {
  const { t } = useTranslation()
  const { data: deal, error, refetch, isFetching } = useQuery(dealQuery(dealId))
  return (
    <RecordPanel
      name={deal?.title}
      kind={t('deals.one')}
      page={{ to: '/deals/$dealId', params: { dealId } }}
      badge={deal && <StageBadge stage={deal.stage} kind={deal.stageKind} />}
      {...{ error, isFetching, onClose }}
      onRetry={() => void refetch()}
    >
      {deal && (
        <>
          <DealBody deal={deal} members={members} />
          <Story about={{ dealId }} timeline={dealTimelineQuery(dealId)} {...{ members, nameOf }} />
        </>
      )}
    </RecordPanel>
  )
}
