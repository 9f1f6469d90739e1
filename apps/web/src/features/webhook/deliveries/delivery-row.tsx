import type { WebhookDelivery, WebhookDeliveryState } from '@ai-crm/contracts'
import clsx from 'clsx'
import { ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge, type BadgeTone } from '../../../ui/badge.tsx'
import { Time } from '../../../ui/time.tsx'
import { eventName } from '../webhooks/event-groups.ts'
import { DeliveryDetails } from './delivery-details.tsx'

const tones: Record<WebhookDeliveryState, BadgeTone> = { pending: 'neutral', sending: 'accent', delivered: 'ok', waiting: 'warn', failed: 'danger' }

/** One line of the log; it opens to what was sent and what came back. */
export function DeliveryRow({ delivery, canSend }: { delivery: WebhookDelivery; canSend: boolean }) {
  const { t } = useTranslation()
  const id = useId()
  const [isOpen, setIsOpen] = useState(false)
  const { eventType, state, attempts, lastStatus, failure, nextAttemptAt, createdAt } = delivery
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen((before) => !before)}
        className="flex w-full items-center gap-3 px-3 py-2.5 text-left transition-colors hover:bg-hover focus-visible:-outline-offset-2"
      >
        <ChevronRight aria-hidden className={clsx('size-4 shrink-0 text-faint transition-transform', isOpen && 'rotate-90')} />
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="truncate">{eventName(eventType)}</span>
          <span className="text-xs text-faint">
            {t('webhookLog.attempts', { count: attempts })}
            {lastStatus !== null && ` · ${t('webhookLog.answer', { status: lastStatus })}`}
            {lastStatus === null && failure !== null && ` · ${t(`webhookLog.failures.${failure}`)}`}
            {state === 'waiting' && nextAttemptAt !== null && (
              <>
                {` · ${t('webhookLog.next')} `}
                <Time at={nextAttemptAt} form="relative" />
              </>
            )}
          </span>
        </span>
        <Badge tone={tones[state]}>{t(`webhookLog.states.${state}`)}</Badge>
        <Time at={createdAt} className="min-w-12 shrink-0 text-right text-xs whitespace-nowrap text-faint" />
      </button>
      {isOpen && (
        <div id={id} className="border-t border-line bg-canvas px-4 py-4 sm:pl-10">
          <DeliveryDetails delivery={delivery} canSend={canSend} />
        </div>
      )}
    </li>
  )
}
