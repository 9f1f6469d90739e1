import { WebhookDeliveryState } from '@ai-crm/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { RotateCw, Send } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { Choice } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../../../ui/states.tsx'
import { eventName } from '../webhooks/event-groups.ts'
import { DeliveryRow } from './delivery-row.tsx'
import { deliveriesQuery, type DeliveryFilters } from './queries.ts'
import { RedeliverFailedDialog } from './redeliver-failed-dialog.tsx'

interface DeliveryLogProps {
  webhookId: string
  eventTypes: readonly string[]
  /** Whether the person may, and the webhook can, send again. */
  canSend: boolean
}

export function DeliveryLog({ webhookId, eventTypes, canSend }: DeliveryLogProps) {
  const { t } = useTranslation()
  const [filters, setFilters] = useState<DeliveryFilters>({ state: '', eventType: '' })
  const [isAsking, setIsAsking] = useState(false)
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(deliveriesQuery(webhookId, filters))
  const deliveries = data?.pages.flatMap(({ items }) => items)
  const isFiltered = filters.state !== '' || filters.eventType !== ''
  return (
    <section className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div className="flex flex-col gap-0.5">
          <h2 className="text-base font-semibold">{t('webhookLog.title')}</h2>
          <p className="text-xs text-faint">{t('webhookLog.text')}</p>
        </div>
        {canSend && (
          <Button icon={<RotateCw />} onClick={() => setIsAsking(true)}>
            {t('webhookLog.redeliverFailed')}
          </Button>
        )}
      </div>
      <Filters filters={filters} eventTypes={eventTypes} onChange={setFilters} />
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={4} label={t('common.loading')} />}
      {deliveries?.length === 0 && (
        <div className="rounded-xl border border-line">
          <EmptyState
            icon={<Send />}
            title={t(isFiltered ? 'webhookLog.emptyFilter' : 'webhookLog.empty')}
            text={t(isFiltered ? 'webhookLog.emptyFilterText' : 'webhookLog.emptyText')}
          />
        </div>
      )}
      <ul aria-label={t('webhookLog.title')} className="flex flex-col divide-y divide-line overflow-hidden rounded-xl border border-line empty:hidden">
        {deliveries?.map((delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} canSend={canSend} />
        ))}
      </ul>
      {hasNextPage && (
        <Button className="self-start" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
      <RedeliverFailedDialog webhookId={webhookId} isOpen={isAsking} onClose={() => setIsAsking(false)} />
    </section>
  )
}

interface FiltersProps {
  filters: DeliveryFilters
  eventTypes: readonly string[]
  onChange: (filters: DeliveryFilters) => void
}

function Filters({ filters, eventTypes, onChange }: FiltersProps) {
  const { t } = useTranslation()
  const types = [...eventTypes, 'webhook.ping']
  return (
    <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
      <Choice
        label={t('webhookLog.state')}
        value={filters.state}
        options={[
          { value: '' as const, label: t('webhookLog.anyState') },
          ...WebhookDeliveryState.options.map((state) => ({ value: state, label: t(`webhookLog.states.${state}`) })),
        ]}
        onChange={(state) => onChange({ ...filters, state })}
      />
      <Choice
        label={t('webhookLog.event')}
        value={filters.eventType}
        options={[{ value: '', label: t('webhookLog.anyEvent') }, ...types.map((type) => ({ value: type, label: eventName(type) }))]}
        onChange={(eventType) => onChange({ ...filters, eventType })}
      />
    </div>
  )
}
