import { useNavigate, useSearch } from '@tanstack/react-router'
import { UsersRound } from 'lucide-react'
import { ContactPanel } from '../../features/crm/contacts/contact-panel.tsx'
import { contactShape } from '../../features/crm/contacts/contact-shape.tsx'
import { NewContactDialog } from '../../features/crm/contacts/new-contact-dialog.tsx'
import { contactsQuery, contactsSummaryQuery } from '../../features/crm/contacts/queries.ts'
import { OwnerChoice, ownerConditions } from '../../features/crm/lists/quick-choice.tsx'
import type { PanelProps } from '../../features/crm/records/record-panel.tsx'
import { ContactConversations } from '../../features/messaging/inbox/contact-conversations.tsx'
import { newContactOpen } from '../../lib/open-store.ts'
import { ListPage } from '../records/list-page.tsx'

const Panel = (panel: PanelProps) => <ContactPanel {...panel} conversations={<ContactConversations contactId={panel.id} />} />

export function ContactsPage() {
  const navigate = useNavigate()
  const search = useSearch({ from: '/app/contacts' })
  const { owner } = search
  const show = (change: typeof search) => void navigate({ to: '/contacts', search: { ...search, ...change }, replace: true })
  return (
    <ListPage
      shape={contactShape}
      words="contacts"
      icon={<UsersRound />}
      search={search}
      queryOf={(params) => contactsQuery({ ...params, owner })}
      summaryOf={(params, summed) => contactsSummaryQuery({ ...params, owner }, summed)}
      show={show}
      own={{ conditions: ownerConditions(owner), showWithout: (change) => show({ owner: undefined, ...change }) }}
      openPage={(contactId, how) => void navigate({ to: '/contacts/$contactId', params: { contactId }, ...how })}
      createOpen={newContactOpen}
      quickFilters={<OwnerChoice words="contacts" value={owner} onChange={(value) => show({ owner: value })} />}
      Panel={Panel}
      NewDialog={NewContactDialog}
    />
  )
}
