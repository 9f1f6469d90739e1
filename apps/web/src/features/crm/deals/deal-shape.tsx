import type { Deal } from '@ai-crm/contracts'
import { Link } from '@tanstack/react-router'
import type { RowLinkProps, TableShape } from '../lists/record-table.tsx'
import { Amount } from './amount.tsx'

const RowLink = ({ id, isSelected, ...link }: RowLinkProps) => (
  <Link to="/deals/$dealId" params={{ dealId: id }} data-selected={isSelected || undefined} {...link} />
)

const First = ({ row }: { row: Deal }) => (
  <span className="flex min-w-0 flex-col">
    <span className="truncate font-medium">{row.title}</span>
    <Amount deal={row} className="truncate text-xs text-faint tabular-nums md:hidden" />
  </span>
)

export const dealShape: TableShape<Deal> = { record: 'deal', firstKey: 'title', phoneKey: 'stage', First, RowLink, nameOf: ({ title }) => title }
