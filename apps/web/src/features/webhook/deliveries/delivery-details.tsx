import type { WebhookAttempt, WebhookDelivery, WebhookDeliveryDetail } from '@ai-crm/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { CopyBlock } from '../../../ui/copy-block.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Skeleton } from '../../../ui/states.tsx'
import { Time } from '../../../ui/time.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { deliveryQuery } from './queries.ts'

/** What was sent, what came back each time, when it goes on, and the button to send it again. */
export function DeliveryDetails({ delivery, canSend }: { delivery: WebhookDelivery; canSend: boolean }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(deliveryQuery(delivery))
  const { failure, nextAttemptAt, state } = delivery
  return (
    <div className="flex flex-col gap-4">
      {failure !== null && state !== 'delivered' && <p className="font-medium">{t(`webhookLog.failures.${failure}`)}</p>}
      {state === 'waiting' && nextAttemptAt !== null && (
        <p className="text-muted">
          {t('webhookLog.nextAttempt')}: <Time at={nextAttemptAt} form="full" />
        </p>
      )}
      {canSend && state !== 'pending' && state !== 'sending' && <RedeliverButton delivery={delivery} />}
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton className="h-24" />}
      {data && <Request delivery={data} />}
      {data && <Attempts attempts={data.attemptLog} />}
    </div>
  )
}

function RedeliverButton({ delivery }: { delivery: WebhookDelivery }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const redeliver = useCommand({
    run: (deliveryId: string, idempotencyKey) => api.webhook.redeliverWebhook({ params: { deliveryId }, idempotencyKey }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ['webhook'] })
      showToast({ kind: 'done', text: t('webhookLog.redelivered') })
    },
    onError: (error) => showToast({ kind: 'problem', text: explain(error, t) }),
  })
  return (
    <Button className="self-start" icon={<RotateCw />} isBusy={redeliver.isPending} onClick={() => redeliver.mutate(delivery.id)}>
      {t('webhookLog.redeliver')}
    </Button>
  )
}

function Request({ delivery: { messageId, payload } }: { delivery: WebhookDeliveryDetail }) {
  const { t } = useTranslation()
  const text = `content-type: application/json\nwebhook-id: ${messageId}\nwebhook-timestamp: …\nwebhook-signature: v1,…\n\n${pretty(payload)}`
  return (
    <div className="flex flex-col gap-1.5">
      <h3 className="text-xs font-medium text-muted">{t('webhookLog.request')}</h3>
      <div className="max-h-80 overflow-y-auto rounded-lg">
        <CopyBlock label={t('webhookLog.request')} text={text} />
      </div>
    </div>
  )
}

/** Readable; what is signed is the text without these spaces. */
const pretty = (payload: string): string => JSON.stringify(JSON.parse(payload), null, 2)

function Attempts({ attempts }: { attempts: readonly WebhookAttempt[] }) {
  const { t } = useTranslation()
  return (
    <div className="flex flex-col gap-1.5">
      <h3 className="text-xs font-medium text-muted">{t('webhookLog.attemptLog')}</h3>
      {attempts.length === 0 && <p className="text-xs text-faint">{t('webhookLog.noAttempts')}</p>}
      <ol className="flex flex-col gap-3">
        {attempts.map(({ number, startedAt, durationMs, status, failure, excerpt }) => (
          <li key={number} className="flex flex-col gap-1">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
              {status !== null && <Badge tone={failure === null ? 'ok' : 'danger'}>{status}</Badge>}
              <span>{t('webhookLog.attempt', { number })}</span>
              <Time at={startedAt} form="full" />
              <span className="tabular-nums">{t('webhookLog.milliseconds', { count: durationMs })}</span>
              {failure !== null && <span className="text-danger">{t(`webhookLog.failures.${failure}`)}</span>}
            </p>
            {status !== null && excerpt !== '' && (
              <pre
                tabIndex={0}
                className="max-h-40 overflow-auto rounded-lg border border-line bg-surface px-3 py-2 font-mono text-xs whitespace-pre-wrap break-all"
              >
                {excerpt}
              </pre>
            )}
          </li>
        ))}
      </ol>
    </div>
  )
}
