import { useTranslation } from 'react-i18next'

/** Numbers side by side, each with what it counts. */
export function Counts({ items }: { items: readonly { label: string; count: number }[] }) {
  const { i18n } = useTranslation()
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      {items.map(({ label, count }) => (
        <div key={label} className="flex flex-col-reverse rounded-xl border border-line px-4 py-3">
          <dt className="text-xs text-muted">{label}</dt>
          <dd className="text-xl font-semibold tabular-nums">{count.toLocaleString(i18n.language)}</dd>
        </div>
      ))}
    </dl>
  )
}
