import { UpdateContact, type Contact } from '@ai-crm/contracts'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { Avatar } from '../../../ui/avatar.tsx'
import { TagChips } from '../tags/tag-chips.tsx'
import { api } from '../../../lib/api/api.ts'
import { recordEdit } from '../lists/cells/record-edit.ts'
import type { RowLinkProps, TableShape } from '../lists/table-shape.ts'

const RowLink = ({ id, isSelected, ...link }: RowLinkProps) => (
  <Link to="/contacts/$contactId" params={{ contactId: id }} data-selected={isSelected || undefined} {...link} />
)

const First = ({ row: { name, email, tagIds } }: { row: Contact }) => (
  <span className="flex w-full min-w-0 items-center gap-3">
    <Avatar name={name} seed={email ?? name} />
    <span className="flex min-w-0 flex-1 flex-col">
      <span className="flex min-w-0 items-center gap-2">
        <span className={clsx('truncate font-medium', (tagIds ?? []).length > 0 && 'max-w-3/5 shrink-0')}>{name}</span>
        <TagChips tagIds={tagIds} />
      </span>
      <span className="truncate text-xs text-faint md:hidden">{email}</span>
    </span>
  </span>
)

/** Changed in its row. */
const edit = recordEdit<Contact, UpdateContact>({
  list: 'contacts',
  schema: UpdateContact,
  read: (contactId) => api.crm.getContact({ params: { contactId } }),
  update: (contactId, body, ifMatch, idempotencyKey) => api.crm.updateContact({ params: { contactId }, body, ifMatch, idempotencyKey }),
})

export const contactShape: TableShape<Contact> = {
  record: 'contact',
  firstKey: 'name',
  phoneKey: 'lastActivityAt',
  First,
  RowLink,
  nameOf: ({ name }) => name,
  edit,
}
