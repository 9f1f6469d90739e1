/** Numbers side by side, each with what it counts. */
export function Counts({ items }: { items: readonly { label: string; count: number }[] }) {
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      {items.map(({ label, count }) => (
        <div key={label} className="flex flex-col-reverse rounded-xl border border-line px-4 py-3">
          <dt className="text-xs text-muted">{label}</dt>
          <dd className="text-xl font-semibold tabular-nums">{count.toLocaleString()}</dd>
        </div>
      ))}
    </dl>
  )
}
