/** How far something is. */
export function ProgressBar({ label, done, total }: { label: string; done: number; total: number }) {
  const percent = Math.round((100 * done) / Math.max(total, 1))
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className="h-1.5 w-full overflow-hidden rounded-full bg-hover"
    >
      <div className="h-full rounded-full bg-accent transition-[width] duration-500" style={{ width: `${percent}%` }} />
    </div>
  )
}
