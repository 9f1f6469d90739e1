import { CompanyLink } from '../companies/company-link.tsx'
import { FieldCell } from './field-cell.tsx'
import { valueIn } from './field-value.ts'
import type { ShownField } from './offered-fields.ts'

interface ToldValueProps {
  field: ShownField
  row: object
  nameOf: (userId: string) => string | null
}

/** A value that an event told: a company by the name that it has now, since events tell which, not how it was called. */
export function ToldValue({ field, row, nameOf }: ToldValueProps) {
  const value = valueIn(row, field.key)
  if (field.kind === 'relation' && !field.custom && typeof value === 'string') return <CompanyLink companyId={value} />
  return <FieldCell field={field} row={row} nameOf={nameOf} />
}
