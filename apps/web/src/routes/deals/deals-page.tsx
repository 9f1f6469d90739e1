import type { FilterNode } from '@ai-crm/contracts'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Handshake } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { DealsViewSwitch } from '../../features/crm/board/deals-view-switch.tsx'
import { DealPanel } from '../../features/crm/deals/deal-panel.tsx'
import { dealShape } from '../../features/crm/deals/deal-shape.tsx'
import { NewDealDialog } from '../../features/crm/deals/new-deal-dialog.tsx'
import { dealsQuery, dealsSummaryQuery } from '../../features/crm/deals/queries.ts'
import { OwnerChoice, ownerConditions } from '../../features/crm/lists/quick-choice.tsx'
import { stageLabel, stagesIn } from '../../lib/pipelines/stages.ts'
import { usePipelines } from '../../lib/pipelines/use-pipelines.ts'
import { newDealOpen } from '../../lib/open-store.ts'
import { Choice } from '../../ui/field.tsx'
import { ListPage } from '../records/list-page.tsx'

/** The choice as conditions, for a view that keeps it. */
function stageConditions(stage: string | undefined): FilterNode[] {
  if (stage === undefined) return []
  return [stage === 'open' ? { field: 'stageKind', op: 'is', value: 'open' } : { field: 'stage', op: 'is', value: stage }]
}

export function DealsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = useSearch({ from: '/app/deals' })
  const { stage, owner } = search
  const pipelines = usePipelines()
  const show = (change: typeof search) => void navigate({ to: '/deals', search: { ...search, ...change }, replace: true })
  return (
    <ListPage
      shape={dealShape}
      words="deals"
      icon={<Handshake />}
      search={search}
      queryOf={(params) => dealsQuery({ ...params, stage, owner })}
      summaryOf={(params, summed) => dealsSummaryQuery({ ...params, stage, owner }, summed)}
      show={show}
      own={{
        conditions: [...stageConditions(stage), ...ownerConditions(owner)],
        showWithout: (change) => show({ stage: undefined, owner: undefined, ...change }),
      }}
      openPage={(dealId, how) => void navigate({ to: '/deals/$dealId', params: { dealId }, ...how })}
      createOpen={newDealOpen}
      quickFilters={
        <>
          <Choice
            isLabelHidden
            label={t('deals.stage')}
            value={stage ?? 'all'}
            options={[
              ...(['all', 'open'] as const).map((value) => ({ value, label: t(`deals.stageFilter.${value}`) })),
              ...stagesIn(pipelines).map(({ id }) => ({ value: id, label: stageLabel(t, pipelines, id) })),
            ]}
            onChange={(value) => show({ stage: value === 'all' ? undefined : value })}
            className="h-8! w-auto max-sm:max-w-28"
          />
          <div className="max-sm:hidden">
            <OwnerChoice words="deals" value={owner} onChange={(value) => show({ owner: value })} />
          </div>
        </>
      }
      Panel={DealPanel}
      switcher={<DealsViewSwitch view="list" narrowed={{ q: search.q, filter: search.filter, owner }} />}
      NewDialog={NewDealDialog}
    />
  )
}
