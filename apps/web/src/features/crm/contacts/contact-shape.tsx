import type { Contact } from '@ai-crm/contracts'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { Avatar } from '../../../ui/avatar.tsx'
import { TagChips } from '../tags/tag-chips.tsx'
import type { RowLinkProps, TableShape } from '../lists/record-table.tsx'

const RowLink = ({ id, isSelected, ...link }: RowLinkProps) => (
  <Link to="/contacts/$contactId" params={{ contactId: id }} data-selected={isSelected || undefined} {...link} />
)

const First = ({ row: { name, email, tagIds } }: { row: Contact }) => (
  <span className="flex min-w-0 items-center gap-3">
    <Avatar name={name} seed={email ?? name} />
    <span className="flex min-w-0 flex-col">
      <span className="flex min-w-0 items-center gap-2">
        <span className={clsx('truncate font-medium', (tagIds ?? []).length > 0 && 'max-w-3/5 shrink-0')}>{name}</span>
        <TagChips tagIds={tagIds} />
      </span>
      <span className="truncate text-xs text-faint md:hidden">{email}</span>
    </span>
  </span>
)

export const contactShape: TableShape<Contact> = { record: 'contact', firstKey: 'name', phoneKey: 'lastActivityAt', First, RowLink, nameOf: ({ name }) => name }
