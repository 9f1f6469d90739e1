import type { PersonCounts } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'

/** Rows by table, the most first, in words where there are any. */
export function CountsList({ counts }: { counts: PersonCounts }) {
  const { t, i18n } = useTranslation()
  const entries = Object.entries(counts).toSorted(([, a], [, b]) => b - a)
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-0.5 text-sm">
      {entries.map(([table, count]) => (
        <li key={table} className="flex gap-1.5">
          <span className="text-muted">{t(`person.tables.${table}`, table)}:</span>
          <span className="tabular-nums">{count.toLocaleString(i18n.language)}</span>
        </li>
      ))}
    </ul>
  )
}

/** What belongs to others, names the person and stays; nothing where there is none. */
export function KeptCounts({ counts }: { counts: PersonCounts }) {
  const { t } = useTranslation()
  if (Object.keys(counts).length === 0) return null
  return (
    <div className="text-xs text-muted">
      {t('person.kept')} <CountsList counts={counts} />
    </div>
  )
}
