import type { ListRecord } from '@ai-crm/contracts'
import { Link } from '@tanstack/react-router'

const look = 'font-medium text-accent-text hover:underline'

/** To the page of a record. */
export function RecordLink({ record, id, name }: { record: ListRecord; id: string; name: string }) {
  if (record === 'contact')
    return (
      <Link to="/contacts/$contactId" params={{ contactId: id }} className={look}>
        {name}
      </Link>
    )
  if (record === 'company')
    return (
      <Link to="/companies/$companyId" params={{ companyId: id }} className={look}>
        {name}
      </Link>
    )
  return (
    <Link to="/deals/$dealId" params={{ dealId: id }} className={look}>
      {name}
    </Link>
  )
}
