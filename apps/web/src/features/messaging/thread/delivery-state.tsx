import type { Message } from '@ai-crm/contracts'
import clsx from 'clsx'
import { Ban, Check, CircleHelp, Clock, Hand, Loader, TriangleAlert } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { secondsUntil } from '../../../lib/time/format.ts'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { Time } from '../../../ui/time.tsx'
import { useSwitchedOff } from '../../../lib/flags/flags.ts'
import { useDeliveryDecision } from './use-delivery-decision.ts'

type OutboundState = Exclude<Message['state'], 'received'>

const looks: Record<OutboundState, { icon: typeof Check; tone: string }> = {
  queued: { icon: Clock, tone: 'text-muted' },
  sending: { icon: Loader, tone: 'text-muted' },
  sent: { icon: Check, tone: 'text-ok' },
  failed: { icon: TriangleAlert, tone: 'text-danger' },
  unknown: { icon: CircleHelp, tone: 'text-warn' },
  held: { icon: Hand, tone: 'text-warn' },
  cancelled: { icon: Ban, tone: 'text-faint' },
}

function useSecondsLeft(until: string | null): number {
  const [seconds, setSeconds] = useState(() => (until ? secondsUntil(until) : 0))
  useEffect(() => {
    if (!until) return
    setSeconds(secondsUntil(until))
    const timer = setInterval(() => setSeconds(secondsUntil(until)), 500)
    return () => clearInterval(timer)
  }, [until])
  return seconds
}

function Line({ message, state, children }: { message: Message; state: OutboundState; children?: ReactNode }) {
  const { t } = useTranslation()
  const isPaused = useSwitchedOff('outbound-sends') !== null && state === 'queued'
  const secondsLeft = useSecondsLeft(state === 'queued' ? message.sendAfter : null)
  const { icon: Icon, tone } = looks[state]
  return (
    <div role="status" data-state={state} className={clsx('flex flex-wrap items-center gap-x-2 gap-y-1 text-xs', tone)}>
      <Icon aria-hidden className={clsx('size-3.5', state === 'sending' && 'animate-spin')} />
      <span className="font-medium">{secondsLeft > 0 ? t('thread.state.queuedFor', { seconds: secondsLeft }) : t(`thread.state.${state}`)}</span>
      {isPaused && secondsLeft === 0 && <span className="text-warn">{t('switches.sendWaits')}</span>}
      {state === 'sent' && message.sentAt && <Time at={message.sentAt} className="text-faint" />}
      {children}
    </div>
  )
}

/** Where an outbound message is on its way, and the decisions that its state leaves to a person. */
export function DeliveryState({ message, canDecide }: { message: Message; canDecide: boolean }) {
  const { t } = useTranslation()
  const [isAsking, setIsAsking] = useState(false)
  const { cancel, resolve, isBusy } = useDeliveryDecision(message)
  const { state, reason } = message
  if (state === 'received') return null
  const needsDecision = state === 'failed' || state === 'unknown' || state === 'held'
  if (!needsDecision) {
    return (
      <Line message={message} state={state}>
        {state === 'queued' && canDecide && (
          <Button kind="quiet" className="h-6! px-2 text-xs text-accent-text!" isBusy={isBusy} onClick={cancel}>
            {t('thread.decide.undo')}
          </Button>
        )}
      </Line>
    )
  }
  return (
    <div
      className={clsx(
        'flex flex-col gap-2 rounded-lg border px-3 py-2.5',
        state === 'failed' ? 'border-danger-line bg-danger-soft' : 'border-warn-line bg-warn-soft',
      )}
    >
      <Line message={message} state={state} />
      <p className="text-xs text-ink">
        {t(`thread.state.${state}Text`)} {reason && <span className="break-words text-muted">{t('thread.state.reason', { reason })}</span>}
      </p>
      {canDecide && (
        <div className="flex flex-wrap gap-2 [&_button]:h-7">
          {state === 'unknown' && (
            <Button isBusy={isBusy} onClick={() => resolve('treat-as-sent')}>
              {t('thread.decide.arrived')}
            </Button>
          )}
          <Button isBusy={isBusy} onClick={() => (state === 'unknown' ? setIsAsking(true) : resolve('send'))}>
            {state === 'held' ? t('thread.decide.anyway') : t('thread.decide.again')}
          </Button>
          <Button kind="quiet" isBusy={isBusy} onClick={() => resolve('discard')}>
            {t('thread.decide.discard')}
          </Button>
        </div>
      )}
      <Confirm
        isOpen={isAsking}
        title={t('thread.decide.againTitle')}
        text={t('thread.decide.againText')}
        action={t('thread.decide.again')}
        onClose={() => setIsAsking(false)}
        onConfirm={() => {
          setIsAsking(false)
          resolve('send')
        }}
      />
    </div>
  )
}
