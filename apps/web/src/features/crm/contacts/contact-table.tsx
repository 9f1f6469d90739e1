import type { Contact } from '@ai-crm/contracts'
import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import clsx from 'clsx'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../ui/avatar.tsx'
import { Time } from '../../../ui/time.tsx'

/** Height of a row in CSS pixels (`h-11`). */
const ROW_PX = 44
const columns =
  'grid grid-cols-[minmax(0,1fr)_auto] md:grid-cols-[minmax(0,1.3fr)_minmax(0,1.4fr)_minmax(0,1fr)_7rem] xl:grid-cols-[minmax(0,1.3fr)_minmax(0,1.4fr)_minmax(0,1fr)_minmax(0,0.8fr)_7rem] gap-4'

interface ContactTableProps {
  contacts: readonly Contact[]
  selectedIndex: number
  hasMore: boolean
  onEnd: () => void
}

function Row({ contact, isSelected }: { contact: Contact; isSelected: boolean }) {
  return (
    <Link
      to="/contacts/$contactId"
      params={{ contactId: contact.id }}
      data-selected={isSelected || undefined}
      className={clsx(columns, 'h-11 items-center border-b border-line px-4 transition-colors md:px-5', isSelected ? 'bg-accent-soft' : 'hover:bg-hover')}
    >
      <span className="flex min-w-0 items-center gap-3">
        <Avatar name={contact.name} seed={contact.email ?? contact.name} />
        <span className="flex min-w-0 flex-col">
          <span className="truncate font-medium">{contact.name}</span>
          <span className="truncate text-xs text-faint md:hidden">{contact.email}</span>
        </span>
      </span>
      <span className="hidden truncate text-muted md:block">{contact.email}</span>
      <span className="hidden truncate text-muted md:block">{contact.company}</span>
      <span className="hidden truncate text-muted tabular-nums xl:block">{contact.phones?.[0]?.international ?? contact.phone}</span>
      <span className="justify-self-end text-xs text-faint tabular-nums md:justify-self-start">
        {contact.lastActivityAt && <Time at={contact.lastActivityAt} />}
      </span>
    </Link>
  )
}

/** Only the rows in sight are in the document; the next page is fetched before the end is seen. */
export function ContactTable({ contacts, selectedIndex, hasMore, onEnd }: ContactTableProps) {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({ count: contacts.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_PX, overscan: 12 })
  const rows = virtualizer.getVirtualItems()
  const lastShown = rows.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && lastShown >= contacts.length - 15) onEnd()
  }, [hasMore, lastShown, contacts.length, onEnd])
  useEffect(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex, { align: 'auto' })
  }, [selectedIndex, virtualizer])

  return (
    <>
      <div aria-hidden className={clsx(columns, 'h-8 shrink-0 items-center border-b border-line bg-canvas px-4 text-2xs font-medium text-faint md:px-5')}>
        <span>{t('contacts.name')}</span>
        <span className="hidden md:block">{t('contacts.email')}</span>
        <span className="hidden md:block">{t('contacts.company')}</span>
        <span className="hidden xl:block">{t('contacts.phone')}</span>
        <span>{t('contacts.lastActivity')}</span>
      </div>
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto" tabIndex={-1}>
        <ul aria-label={t('contacts.list')} className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {rows.map(({ index, start }) => {
            const contact = contacts[index]
            if (!contact) return null
            return (
              <li
                key={contact.id}
                aria-setsize={contacts.length}
                aria-posinset={index + 1}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${start}px)` }}
              >
                <Row contact={contact} isSelected={index === selectedIndex} />
              </li>
            )
          })}
        </ul>
      </div>
    </>
  )
}
