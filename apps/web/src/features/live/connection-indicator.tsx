import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import { useLiveStatus, type LiveStatus } from '../../lib/live/live-store.ts'
import { Tooltip } from '../../ui/tooltip.tsx'

const looks: Record<LiveStatus, string> = {
  connecting: 'bg-line-strong',
  live: 'bg-[oklch(0.68_0.16_155)]',
  reconnecting: 'animate-shimmer bg-[oklch(0.76_0.15_75)]',
  offline: 'bg-danger',
}

/** Whether what is on screen renews itself: by word and by colour. */
export function ConnectionIndicator() {
  const { t } = useTranslation()
  const status = useLiveStatus()
  return (
    <Tooltip text={t(`live.hint.${status}`)}>
      <div
        role="status"
        data-live={status}
        tabIndex={0}
        className={clsx('flex h-7 items-center gap-2 rounded-lg px-2 text-xs', status === 'live' ? 'text-faint' : 'text-ink')}
      >
        <span aria-hidden className={clsx('size-2 shrink-0 rounded-full', looks[status])} />
        {t(`live.${status}`)}
      </div>
    </Tooltip>
  )
}

/** The same on phones, which have no rail: only while something is wrong. */
export function ConnectionStrip() {
  const { t } = useTranslation()
  const status = useLiveStatus()
  if (status !== 'reconnecting' && status !== 'offline') return null
  return (
    <div role="status" className="flex items-center justify-center gap-2 border-b border-warn-line bg-warn-soft py-1 text-xs text-warn md:hidden">
      <span aria-hidden className={clsx('size-2 rounded-full', looks[status])} />
      {t(`live.${status}`)}
    </div>
  )
}
