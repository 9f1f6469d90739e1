import type { ReactNode } from 'react'

interface FieldRowProps {
  label: string
  problem?: string | null
  aside?: ReactNode
  children: ReactNode
}

/** One line of what is known about a record: its name left, its value right. */
export const FieldRow = ({ label, problem, aside, children }: FieldRowProps) => (
  <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-start gap-2">
    <dt className="py-1.5 text-xs text-faint">{label}</dt>
    <dd className="min-w-0">
      <div className="flex items-start gap-1">
        <div className="min-w-0 flex-1">{children}</div>
        {aside}
      </div>
      {problem && (
        <p role="alert" className="pt-1 text-xs text-danger">
          {problem}
        </p>
      )}
    </dd>
  </div>
)
