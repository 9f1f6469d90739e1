import type { OrganizationExport } from '@ai-crm/contracts'
import { Check, Circle, LoaderCircle } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/page.tsx'
import { Time } from '../../../ui/time.tsx'

type Part = OrganizationExport['parts'][number]
const ICONS = { waiting: Circle, working: LoaderCircle, done: Check } as const

/** How far it is, part by part. */
export function RunningExport({ running, isCancelling, onCancel }: { running: OrganizationExport; isCancelling: boolean; onCancel: () => void }) {
  const { t, i18n } = useTranslation()
  const done = running.parts.filter(({ state }) => state === 'done').length
  const number = new Intl.NumberFormat(i18n.language)
  return (
    <Card>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="font-medium">{t('exports.running')}</p>
          <p className="text-sm text-muted">
            {t('exports.askedBy', { name: running.requestedBy.name ?? t('exports.nobody') })} <Time at={running.requestedAt} form="full" />
          </p>
        </div>
        <Button isBusy={isCancelling} onClick={onCancel}>
          {t('exports.cancel')}
        </Button>
      </div>
      <div
        role="progressbar"
        aria-label={t('exports.running')}
        aria-valuemin={0}
        aria-valuemax={running.parts.length}
        aria-valuenow={done}
        className="h-1.5 overflow-hidden rounded-full bg-hover"
      >
        <div
          className="h-full rounded-full bg-accent transition-[width] duration-500"
          style={{ width: `${(100 * done) / Math.max(1, running.parts.length)}%` }}
        />
      </div>
      <p className="text-sm text-muted tabular-nums" aria-live="polite">
        {t('exports.progress', { done, count: running.parts.length, rows: number.format(running.rowCount) })}
      </p>
      <ul className="grid gap-x-6 gap-y-1.5 text-sm sm:grid-cols-2">
        {running.parts.map((part) => (
          <PartLine key={part.service} part={part} rows={number.format(part.rowCount)} />
        ))}
      </ul>
    </Card>
  )
}

function PartLine({ part, rows }: { part: Part; rows: string }) {
  const { t } = useTranslation()
  const Icon = ICONS[part.state]
  const tone = part.state === 'done' ? 'text-ok' : part.state === 'working' ? 'text-accent-text motion-safe:animate-spin' : 'text-faint'
  return (
    <li className="flex items-center gap-2">
      <Icon aria-hidden className={`size-3.5 shrink-0 ${tone}`} />
      <span className="min-w-0 flex-1 truncate">{t(`exports.parts.${part.service}`)}</span>
      <span className="text-xs text-muted tabular-nums">{part.state === 'waiting' ? t('exports.waiting') : t('exports.rows', { rows })}</span>
    </li>
  )
}
