import type { Webhook, WebhookSecret } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ChevronRight, Plus, Webhook as WebhookIcon } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { PageTitle } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../../../ui/states.tsx'
import { Time } from '../../../ui/time.tsx'
import { SwitchedOffNote } from '../../../ui/switched-off-note.tsx'
import { HealthBadge } from './health-badge.tsx'
import { webhooksQuery } from './queries.ts'
import { ReceiverExample } from './receiver-example.tsx'
import { SecretDialog } from './secret-dialog.tsx'
import { CreateWebhookDialog } from './webhook-dialog.tsx'

/** `creating`: the form is open; a made secret is shown, once. */
type Making = 'creating' | WebhookSecret | null

export function WebhooksPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const canManage = useCan('webhook.subscription.manage')
  const [making, setMaking] = useState<Making>(null)
  const { data, error, refetch } = useQuery(webhooksQuery)
  const made = making === 'creating' ? null : making
  const leave = () => {
    if (made) void navigate({ to: '/settings/webhooks/$webhookId', params: { webhookId: made.webhook.id } })
    setMaking(null)
  }
  const createButton = canManage && (
    <Button kind="primary" icon={<Plus />} onClick={() => setMaking('creating')}>
      {t('webhooks.create')}
    </Button>
  )
  return (
    <div className="flex flex-col gap-4">
      <PageTitle title={t('webhooks.title')} text={t('webhooks.text')} />
      <SwitchedOffNote flag="webhooks" />
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={2} label={t('common.loading')} />}
      {data?.items.length === 0 && (
        <div className="rounded-xl border border-line">
          <EmptyState icon={<WebhookIcon />} title={t('webhooks.none')} text={t(canManage ? 'webhooks.noneText' : 'webhooks.noneReadText')}>
            {createButton}
          </EmptyState>
          {canManage && (
            <div className="border-t border-line p-4 md:px-5">
              <ReceiverExample />
            </div>
          )}
        </div>
      )}
      {data && data.items.length > 0 && (
        <>
          {createButton && <div>{createButton}</div>}
          <ul aria-label={t('webhooks.title')} className="flex flex-col divide-y divide-line overflow-hidden rounded-xl border border-line">
            {data.items.map((webhook) => (
              <WebhookRow key={webhook.id} webhook={webhook} />
            ))}
          </ul>
        </>
      )}
      <CreateWebhookDialog isOpen={making === 'creating'} onClose={() => setMaking((now) => (now === 'creating' ? null : now))} onCreated={setMaking} />
      <SecretDialog made={made} onClose={leave} />
    </div>
  )
}

function WebhookRow({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation()
  const { id, url, description, eventTypes, lastDeliveredAt } = webhook
  return (
    <li>
      <Link
        to="/settings/webhooks/$webhookId"
        params={{ webhookId: id }}
        className="flex items-center gap-3 px-4 py-3 transition-colors hover:bg-hover focus-visible:-outline-offset-2"
      >
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span className="flex min-w-0 items-center gap-2">
            <span className="truncate font-medium">{description || url}</span>
            <HealthBadge webhook={webhook} />
          </span>
          {description && <span className="truncate text-xs text-muted">{url}</span>}
          <span className="text-xs text-faint">
            {t('webhooks.eventCount', { count: eventTypes.length })}
            {' · '}
            {lastDeliveredAt === null ? (
              t('webhooks.nothingDelivered')
            ) : (
              <>
                {t('webhooks.lastDelivered')} <Time at={lastDeliveredAt} form="relative" />
              </>
            )}
          </span>
        </span>
        <ChevronRight aria-hidden className="size-4 shrink-0 text-faint" />
      </Link>
    </li>
  )
}
