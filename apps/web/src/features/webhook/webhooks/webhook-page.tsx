import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ArrowLeft, Webhook as WebhookIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { isStatus } from '../../../lib/api/explain.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { ProblemNote } from '../../../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../../../ui/states.tsx'
import { Time } from '../../../ui/time.tsx'
import { DeliveryLog } from '../deliveries/delivery-log.tsx'
import { eventName } from './event-groups.ts'
import { HealthBadge } from './health-badge.tsx'
import { OffNotice } from './off-notice.tsx'
import { webhookQuery } from './queries.ts'
import { WebhookActions } from './webhook-actions.tsx'

export function WebhookPage() {
  const { t } = useTranslation()
  const { webhookId } = useParams({ from: '/app/settings/webhooks/$webhookId' })
  const canManage = useCan('webhook.subscription.manage')
  const { data: webhook, error, refetch } = useQuery(webhookQuery(webhookId))
  const back = (
    <Link to="/settings/webhooks" className="-ml-1 inline-flex w-fit items-center gap-1.5 rounded-md px-1 py-0.5 text-xs text-muted hover:text-ink">
      <ArrowLeft aria-hidden className="size-3.5" />
      {t('webhooks.back')}
    </Link>
  )
  if (error && isStatus(error, 404))
    return (
      <EmptyState isWholePage icon={<WebhookIcon />} title={t('webhooks.gone')}>
        {back}
      </EmptyState>
    )
  if (error && !webhook) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!webhook) return <SkeletonRows count={4} label={t('common.loading')} />
  const { url, description, eventTypes, previousSecretUntil, isEnabled } = webhook
  return (
    <div className="flex flex-col gap-5">
      {back}
      <div className="flex flex-col gap-1">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h1 className="min-w-0 text-xl font-semibold tracking-tight break-all">{description || url}</h1>
          <HealthBadge webhook={webhook} />
        </div>
        {description && <p className="text-muted break-all">{url}</p>}
      </div>
      <OffNotice webhook={webhook} />
      {canManage && <WebhookActions webhook={webhook} />}
      <section className="flex flex-col gap-2">
        <h2 className="text-base font-semibold">{t('webhooks.events')}</h2>
        <ul className="flex flex-wrap gap-1.5">
          {eventTypes.map((type) => (
            <li key={type} title={type} className="rounded-md bg-hover px-2 py-0.5 text-xs text-muted">
              {eventName(type)}
            </li>
          ))}
        </ul>
        {previousSecretUntil && (
          <p className="text-xs text-faint">
            {t('webhooks.overlap')} <Time at={previousSecretUntil} form="full" />
          </p>
        )}
      </section>
      <DeliveryLog webhookId={webhookId} eventTypes={eventTypes} canSend={canManage && isEnabled} />
    </div>
  )
}
