import type { Session } from '@ai-crm/contracts'
import { Monitor, MonitorSmartphone, Smartphone, Tablet } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Time } from '../../../ui/time.tsx'

const icons = { desktop: <Monitor />, mobile: <Smartphone />, tablet: <Tablet />, other: <MonitorSmartphone /> }

export function SessionRow({ session, isEnding, onEnd }: { session: Session; isEnding: boolean; onEnd: () => void }) {
  const { t } = useTranslation()
  const { device, place, lastSeenAt, createdAt, isCurrent } = session
  const name = useDeviceName(device)
  const where = [place.address, t(`sessions.network.${place.network}`)].filter(Boolean).join(' · ')
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <span aria-hidden className="flex size-9 shrink-0 items-center justify-center rounded-lg bg-hover text-muted [&_svg]:size-4">
        {icons[device.kind]}
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 font-medium">
          {name}
          {isCurrent && <Badge tone="ok">{t('sessions.here')}</Badge>}
        </p>
        <p className="text-xs text-muted">
          {where} · {t('sessions.seen')} <Time at={lastSeenAt} form="relative" /> · {t('sessions.since')} <Time at={createdAt} />
        </p>
      </div>
      {!isCurrent && (
        <Button kind="danger" isBusy={isEnding} aria-label={`${t('sessions.end')}: ${name}`} onClick={onEnd}>
          {t('sessions.end')}
        </Button>
      )}
    </li>
  )
}

function useDeviceName({ browser, system }: Session['device']): string {
  const { t } = useTranslation()
  if (browser !== null && system !== null) return t('sessions.device', { browser, system })
  return browser ?? system ?? t('sessions.unknownDevice')
}
