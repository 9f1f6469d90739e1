import { CustomValues, DealContact } from '@ai-crm/contracts'
import { useQueries } from '@tanstack/react-query'
import { CompanyLink } from '../companies/company-link.tsx'
import { ValueText } from '../fields/value-text.tsx'
import { FieldCell } from './field-cell.tsx'
import { valueIn } from './field-value.ts'
import type { ShownField } from './offered-fields.ts'
import { namedQuery } from '../fields/queries.ts'

const DealContacts = DealContact.array()

interface ToldValueProps {
  field: ShownField
  row: object
  nameOf: (userId: string) => string | null
}

/** A value that an event told: a company by the name that it has now, since events tell which, not how it was called. */
export function ToldValue({ field, row, nameOf }: ToldValueProps) {
  const value = valueIn(row, field.key)
  if (field.key === 'contacts') return <People people={DealContacts.safeParse(value).data ?? []} />
  if (field.kind === 'relation' && !field.custom && typeof value === 'string') return <CompanyLink companyId={value} />
  // All options that were chosen: here they may stand in several lines.
  if (field.custom?.kind === 'multiSelect') {
    const chosen = CustomValues.safeParse(valueIn(row, 'custom')).data?.[field.custom.id]
    return chosen === undefined ? null : <ValueText field={field.custom} value={chosen} />
  }
  return <FieldCell field={field} row={row} nameOf={nameOf} />
}

/** Those who take part in a deal, by the names that they have now. */
function People({ people }: { people: readonly DealContact[] }) {
  const found = useQueries({ queries: people.map(({ contactId }) => namedQuery('contact', contactId)) })
  const texts = people.map(({ role }, at) => `${found[at]?.data?.label ?? '—'}${role ? ` (${role})` : ''}`)
  return <>{texts.join(', ')}</>
}
