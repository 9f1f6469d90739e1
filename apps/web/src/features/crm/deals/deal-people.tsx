import type { Deal } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button, IconButton } from '../../../ui/button.tsx'
import { contactQuery } from '../contacts/queries.ts'
import { PersonSearch } from './person-search.tsx'
import { useUpdateDeal } from './use-update-deal.ts'

const MAX_PEOPLE = 20

/** Who takes part, with their roles; added by typing, taken out by a press. */
export function DealPeople({ deal }: { deal: Deal }) {
  const { t } = useTranslation()
  const canUpdate = useCan('crm.deal.update')
  const canAdd = useCan('crm.contact.read') && canUpdate && deal.contacts.length < MAX_PEOPLE
  const update = useUpdateDeal(deal)
  const [isAdding, setIsAdding] = useState(false)
  const keep = (contacts: Deal['contacts']) => update.mutate({ contacts })
  return (
    <section className="flex flex-col gap-2">
      <div className="flex h-6 items-center gap-2">
        <h2 className="flex-1 text-xs font-medium text-faint">{t('deals.people')}</h2>
        {canAdd && !isAdding && (
          <Button kind="quiet" className="h-6! px-1.5!" icon={<Plus />} onClick={() => setIsAdding(true)}>
            {t('deals.addPerson')}
          </Button>
        )}
      </div>
      {isAdding && (
        <PersonSearch
          exceptIds={deal.contacts.map(({ contactId }) => contactId)}
          onChoose={(contactId) => {
            setIsAdding(false)
            keep([...deal.contacts, { contactId, role: null }])
          }}
          onClose={() => setIsAdding(false)}
        />
      )}
      {update.error && (
        <p role="alert" className="text-xs text-danger">
          {explain(update.error, t)}
        </p>
      )}
      {deal.contacts.length === 0 && !isAdding && <p className="text-sm text-faint">{t('deals.noPeople')}</p>}
      <ul aria-label={t('deals.people')} className="-mx-2 flex flex-col">
        {deal.contacts.map(({ contactId, role }) => (
          <Person
            key={`${contactId} ${role ?? ''}`}
            contactId={contactId}
            role={role}
            canUpdate={canUpdate && !update.isPending}
            onRole={(named) => keep(deal.contacts.map((each) => (each.contactId === contactId ? { contactId, role: named } : each)))}
            onRemove={() => keep(deal.contacts.filter((each) => each.contactId !== contactId))}
          />
        ))}
      </ul>
    </section>
  )
}

interface PersonProps {
  contactId: string
  role: string | null
  canUpdate: boolean
  onRole: (role: string | null) => void
  onRemove: () => void
}

function Person({ contactId, role, canUpdate, onRole, onRemove }: PersonProps) {
  const { t } = useTranslation()
  const { data: contact } = useQuery({ ...contactQuery(contactId), retry: false })
  const name = contact?.name ?? t('deals.unknownPerson')
  return (
    <li className="group flex items-center gap-2.5 rounded-lg px-2 py-1.5 hover:bg-hover">
      <Avatar name={name} seed={contact?.email ?? name} />
      <span className="flex min-w-0 flex-1 flex-col">
        {contact ? (
          <Link to="/contacts/$contactId" params={{ contactId }} className="truncate font-medium hover:underline">
            {name}
          </Link>
        ) : (
          <span className="truncate text-muted">{name}</span>
        )}
        {canUpdate ? (
          <input
            aria-label={t('deals.roleOf', { name })}
            placeholder={t('deals.role')}
            defaultValue={role ?? ''}
            maxLength={100}
            onKeyDown={(event) => {
              event.stopPropagation()
              if (event.key === 'Enter') event.currentTarget.blur()
            }}
            onBlur={({ target }) => (target.value.trim() || null) !== role && onRole(target.value.trim() || null)}
            className="h-5 w-full truncate bg-transparent text-xs text-muted placeholder:text-faint"
          />
        ) : (
          <span className="truncate text-xs text-muted">{role}</span>
        )}
      </span>
      {canUpdate && (
        <IconButton label={t('deals.removePerson', { name })} onClick={onRemove}>
          <X />
        </IconButton>
      )}
    </li>
  )
}
