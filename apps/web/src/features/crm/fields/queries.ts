import type { Field, FieldRecord } from '@ai-crm/contracts'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { fieldsQuery } from '../../../lib/session/fields-query.ts'

export const deletedFieldsQuery = queryOptions({
  queryKey: ['crm', 'fields', 'deleted'],
  queryFn: ({ signal }) => api.crm.listFields({ query: { deleted: 'true' }, signal }),
})

/** Those whose values the reader sees. */
export function useFields(record: FieldRecord): readonly Field[] {
  const { data } = useQuery(fieldsQuery)
  return (data?.items ?? []).filter((field) => field.record === record && !field.isHidden)
}

export interface Named {
  readonly id: string
  readonly label: string
  /** What tells it from another one of the same name; a role may hide it. */
  readonly hint: string | null
}

interface Nameable {
  readonly id: string
  readonly name: string
  readonly email?: string | null | undefined
  readonly company?: string | null | undefined
  readonly domains?: readonly string[] | undefined
}
const named = ({ id, name, email, company, domains }: Nameable): Named => ({ id, label: name, hint: email ?? company ?? domains?.[0] ?? null })
const titled = ({ id, title, companyName }: { id: string; title: string; companyName?: string | null | undefined }): Named => ({
  id,
  label: title,
  hint: companyName ?? null,
})

const FIND: Readonly<Record<FieldRecord, (search: string, signal: AbortSignal) => Promise<Named[]>>> = {
  contact: async (search, signal) => (await api.crm.listContacts({ query: asked(search), signal })).items.map(named),
  company: async (search, signal) => (await api.crm.listCompanies({ query: asked(search), signal })).items.map(named),
  deal: async (search, signal) => (await api.crm.listDeals({ query: asked(search), signal })).items.map(titled),
}
const asked = (search: string) => ({ limit: 7, ...(search === '' ? {} : { search }) })

const READ: Readonly<Record<FieldRecord, (id: string, signal: AbortSignal) => Promise<Named>>> = {
  contact: async (contactId, signal) => named(await api.crm.getContact({ params: { contactId }, signal })),
  company: async (companyId, signal) => named(await api.crm.getCompany({ params: { companyId }, signal })),
  deal: async (dealId, signal) => titled(await api.crm.getDeal({ params: { dealId }, signal })),
}

const LISTS = { contact: 'contacts', company: 'companies', deal: 'deals' } as const

/** Records to choose from, by words. */
export const foundQuery = (record: FieldRecord, search: string) =>
  queryOptions({ queryKey: ['crm', LISTS[record], 'choice', search], queryFn: ({ signal }) => FIND[record](search, signal) })

/** What a named record is called; an error where it is gone or out of reach. */
export const namedQuery = (record: FieldRecord, id: string) =>
  queryOptions({ queryKey: ['crm', record, id, 'name'], queryFn: ({ signal }) => READ[record](id, signal), retry: false })
