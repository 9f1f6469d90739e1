import clsx from 'clsx'
import type { ReactNode } from 'react'

/** What is said of a cell, right below it: why it was not changed. */
export const CellNote = ({ isProblem = false, isEnd = false, children }: { isProblem?: boolean; isEnd?: boolean; children: ReactNode }) => (
  <span
    role={isProblem ? 'alert' : 'status'}
    className={clsx(
      'absolute top-full z-20 mt-0.5 block w-max max-w-72 rounded-lg border bg-raised px-2.5 py-1.5 text-left text-xs whitespace-normal shadow-float',
      // What stands in the last column must not widen the table.
      isEnd ? 'right-0' : 'left-0',
      isProblem ? 'border-danger-line text-danger' : 'border-line text-muted',
    )}
  >
    {children}
  </span>
)
