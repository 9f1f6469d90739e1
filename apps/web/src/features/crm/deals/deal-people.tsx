import type { Deal } from '@ai-crm/contracts'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { useSettled } from '../../../lib/use-settled.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button, IconButton } from '../../../ui/button.tsx'
import { inputLook } from '../../../ui/field.tsx'
import { contactQuery, contactsQuery } from '../contacts/queries.ts'
import { useFirstChoice } from '../records/use-first-choice.ts'
import { useUpdateDeal } from './use-update-deal.ts'

const MAX_PEOPLE = 20
const SHOWN = 6

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

function PersonSearch({ exceptIds, onChoose, onClose }: { exceptIds: readonly string[]; onChoose: (contactId: string) => void; onClose: () => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const settled = useSettled(typed.trim(), 180)
  const list = useInfiniteQuery({ ...contactsQuery({ search: settled || undefined, sort: 'lastActivityAt' }), placeholderData: keepPreviousData })
  const found = (list.data?.pages[0]?.items ?? []).filter(({ id }) => !exceptIds.includes(id)).slice(0, SHOWN)
  // What is found for other words than those that stand there is not for taking.
  const isStale = typed.trim() !== settled || list.isPlaceholderData
  const [chosen, setChosen] = useFirstChoice(isStale ? undefined : found[0]?.id)
  return (
    <Command
      label={t('deals.addPerson')}
      value={chosen}
      onValueChange={setChosen}
      shouldFilter={false}
      loop
      className="relative"
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') onClose()
      }}
      onBlur={({ currentTarget, relatedTarget }) => !currentTarget.contains(relatedTarget) && onClose()}
    >
      <Command.Input
        autoFocus
        aria-label={t('deals.addPerson')}
        value={typed}
        maxLength={200}
        onValueChange={setTyped}
        placeholder={t('contacts.search')}
        className={`${inputLook} h-7.5`}
      />
      <Command.List
        onMouseDown={(event) => event.preventDefault()}
        className="absolute inset-x-0 top-full z-30 mt-1 max-h-72 overflow-y-auto rounded-xl border border-line bg-raised p-1 shadow-float"
      >
        {found.map(({ id, name, email }) => (
          <Command.Item
            key={id}
            value={id}
            disabled={isStale}
            onSelect={() => onChoose(id)}
            className="flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 text-sm select-none data-[selected=true]:bg-hover"
          >
            <Avatar name={name} seed={email ?? name} size="sm" />
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <span className="max-w-[45%] truncate text-xs text-faint">{email}</span>
          </Command.Item>
        ))}
        {found.length === 0 && <p className="px-2 py-1.5 text-xs text-faint">{list.isPending ? t('common.loading') : t('contacts.notFound')}</p>}
      </Command.List>
    </Command>
  )
}
