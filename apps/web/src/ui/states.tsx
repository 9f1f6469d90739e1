import clsx from 'clsx'
import type { ReactNode } from 'react'

/** Says why nothing is here and what to do next. */
export function EmptyState({
  icon,
  title,
  text,
  isWholePage,
  children,
}: {
  icon?: ReactNode
  title: string
  text?: string
  isWholePage?: boolean
  children?: ReactNode
}) {
  const Heading = isWholePage ? 'h1' : 'h2'
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-10 text-center">
      {icon && <div className="mb-1 flex size-10 items-center justify-center rounded-xl border border-line bg-surface text-muted [&_svg]:size-5">{icon}</div>}
      <Heading className="text-base font-semibold">{title}</Heading>
      {text && <p className="text-muted text-pretty">{text}</p>}
      {children && <div className="mt-3 flex w-full flex-col items-center gap-3">{children}</div>}
    </div>
  )
}

export const Skeleton = ({ className }: { className?: string }) => <div aria-hidden className={clsx('animate-shimmer rounded-md bg-pressed', className)} />

/** Rows of a list that is still on its way. */
export function SkeletonRows({ count, label }: { count: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-5 p-4">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="flex gap-3">
          <Skeleton className="size-7 rounded-full" />
          <div className="flex flex-1 flex-col gap-2 pt-0.5">
            <Skeleton className={clsx('h-3', index % 2 ? 'w-2/5' : 'w-1/3')} />
            <Skeleton className={clsx('h-3', index % 3 ? 'w-4/5' : 'w-3/5')} />
          </div>
        </div>
      ))}
    </div>
  )
}
