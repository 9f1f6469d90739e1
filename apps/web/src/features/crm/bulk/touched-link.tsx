import type { Operation } from '@ai-crm/contracts'
import { Link } from '@tanstack/react-router'

const LISTS = { contact: '/contacts', company: '/companies', deal: '/deals' } as const

/** What is deleted or merged is in no list. */
const isInList = ({ kind, changed, undoneById }: Operation): boolean => changed > 0 && undoneById === null && !['delete', 'merge', 'undo'].includes(kind)

interface TouchedLinkProps {
  operation: Operation
  className: string
  children: string
  /** Where nothing of it is in the list: leads to all of the list, instead of nowhere. */
  orAll?: boolean
}

/** To the list of what an operation made or changed. */
export function TouchedLink({ operation, className, children, orAll = false }: TouchedLinkProps) {
  const isShown = isInList(operation)
  if (!isShown && !orAll) return null
  return (
    <Link to={LISTS[operation.record]} search={isShown ? { operation: operation.id } : {}} className={className}>
      {children}
    </Link>
  )
}
