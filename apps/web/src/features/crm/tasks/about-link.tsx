import type { Task } from '@ai-crm/contracts'
import { Link } from '@tanstack/react-router'

const aboutLook = 'min-w-0 truncate text-xs text-accent-text hover:underline'

/** What the task is about, as a way there. */
export function AboutLink({ task: { contactId, companyId, dealId, aboutName } }: { task: Task }) {
  if (aboutName === null) return null
  if (contactId)
    return (
      <Link to="/contacts/$contactId" params={{ contactId }} className={aboutLook}>
        {aboutName}
      </Link>
    )
  if (companyId)
    return (
      <Link to="/companies/$companyId" params={{ companyId }} className={aboutLook}>
        {aboutName}
      </Link>
    )
  return dealId ? (
    <Link to="/deals/$dealId" params={{ dealId }} className={aboutLook}>
      {aboutName}
    </Link>
  ) : null
}
