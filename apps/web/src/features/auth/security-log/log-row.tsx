import { SecurityEventKind, type SecurityEvent } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { Time } from '../../../ui/time.tsx'
import { Facts } from './facts.tsx'

/** One entry: what happened, who did it, from where, when. */
export function LogRow({ event }: { event: SecurityEvent }) {
  const { t } = useTranslation()
  const who = useActorName(event)
  const { about, address, details, occurredAt, sequence } = event
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <span className="w-10 shrink-0 pt-0.5 text-right font-mono text-2xs text-faint tabular-nums">{sequence}</span>
      <div className="min-w-0 flex-1">
        <p className="font-medium">{useKindText(event.kind)}</p>
        <p className="text-xs break-words text-muted">
          {who}
          {about?.name && about.id !== event.actor.id && ` · ${t('securityLog.about', { name: about.name })}`}
          {address && ` · ${address}`}
          <Facts kind={event.kind} details={details} />
        </p>
      </div>
      <Time at={occurredAt} className="shrink-0 text-xs text-faint" />
    </li>
  )
}

function useActorName({ actor }: SecurityEvent): string {
  const { t } = useTranslation()
  if (actor.name !== null) return actor.name
  if (actor.type === 'api-key') return t('securityLog.key')
  return actor.type === 'system' ? t('securityLog.nobody') : (actor.id ?? actor.type)
}

/** A newer server may know kinds that this page does not: then the name itself is shown. */
function useKindText(kind: string): string {
  const { t } = useTranslation()
  const known = SecurityEventKind.safeParse(kind)
  return known.success ? t(`securityLog.kinds.${known.data}`) : kind
}
