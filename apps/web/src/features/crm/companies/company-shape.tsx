import { UpdateCompany, type Company } from '@ai-crm/contracts'
import { Link } from '@tanstack/react-router'
import { Avatar } from '../../../ui/avatar.tsx'
import { api } from '../../../lib/api/api.ts'
import { recordEdit } from '../lists/cells/record-edit.ts'
import type { RowLinkProps, TableShape } from '../lists/table-shape.ts'

const RowLink = ({ id, isSelected, ...link }: RowLinkProps) => (
  <Link to="/companies/$companyId" params={{ companyId: id }} data-selected={isSelected || undefined} {...link} />
)

/** A role may hide the domains: then they are not there. */
const First = ({ row: { name, domains } }: { row: Company }) => (
  <span className="flex min-w-0 items-center gap-3">
    <Avatar name={name} seed={domains?.[0] ?? name} shape="square" />
    <span className="flex min-w-0 flex-col">
      <span className="truncate font-medium">{name}</span>
      <span className="truncate text-xs text-faint md:hidden">{domains?.[0]}</span>
    </span>
  </span>
)

/** Changed in its row. */
const edit = recordEdit<Company, UpdateCompany>({
  list: 'companies',
  schema: UpdateCompany,
  read: (companyId) => api.crm.getCompany({ params: { companyId } }),
  update: (companyId, body, ifMatch, idempotencyKey) => api.crm.updateCompany({ params: { companyId }, body, ifMatch, idempotencyKey }),
})

export const companyShape: TableShape<Company> = { record: 'company', firstKey: 'name', phoneKey: 'size', First, RowLink, nameOf: ({ name }) => name, edit }
