import type { OrganizationExport } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { Badge, type BadgeTone } from '../../../ui/badge.tsx'
import { Time } from '../../../ui/time.tsx'

const SHOWN = 5
const tones: Partial<Record<OrganizationExport['state'], BadgeTone>> = { failed: 'danger' }

/** What was asked for before and how it ended: nothing of it is kept any more. */
export function EarlierExports({ exports }: { exports: readonly OrganizationExport[] }) {
  const { t } = useTranslation()
  if (exports.length === 0) return null
  return (
    <div className="flex flex-col gap-2">
      <h3 className="text-sm font-medium text-muted">{t('exports.earlier')}</h3>
      <ul aria-label={t('exports.earlier')} className="flex flex-col divide-y divide-line rounded-xl border border-line">
        {exports.slice(0, SHOWN).map(({ id, state, requestedAt, requestedBy, problem }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 text-sm">
            <Time at={requestedAt} form="full" className="tabular-nums" />
            <span className="min-w-0 flex-1 truncate text-muted">{requestedBy.name ?? t('exports.nobody')}</span>
            {problem && <span className="text-muted">{t('exports.problem', { part: t(`exports.parts.${problem}`) })}</span>}
            <Badge tone={tones[state] ?? 'neutral'}>{t(`exports.states.${state}`)}</Badge>
          </li>
        ))}
      </ul>
    </div>
  )
}
