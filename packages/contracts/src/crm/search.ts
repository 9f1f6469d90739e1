import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { Line } from '../core/page.ts'
import { Company } from './company.ts'
import { Deal } from './deal.ts'
import { Contact } from './http.ts'
import { ListRecord } from './list-fields.ts'

/** What people look for when they do not say where. Of each kind at most `limit`; more of one kind has its list, searched by the same words. */
export const RecordSearch = z.object({
  query: Line(200),
  /** Of this kind only. */
  record: ListRecord.optional(),
  limit: z.coerce.number().int().min(1).max(20).default(5),
})
export type RecordSearch = z.infer<typeof RecordSearch>

/** Each kind has the best first: called so, called so at the beginning, a word that begins so, anything else; then what was active last. */
export const FoundRecords = z.object({
  /** The kinds of which something was found, the one with the best of all first. */
  order: z.array(ListRecord),
  contacts: z.array(Contact),
  companies: z.array(Company),
  deals: z.array(Deal),
})
export type FoundRecords = z.infer<typeof FoundRecords>

export const searchEndpoints = defineEndpoints('crm', {
  searchRecords: {
    method: 'GET',
    path: '/search',
    summary: 'Contacts, companies and deals within reach by what they are called and by their addresses, numbers and domains; forgives typos, foreign letters and the wrong keyboard layout',
    access: 'signed-in',
    idempotency: 'safe',
    query: RecordSearch,
    response: FoundRecords,
    status: 200,
    cost: 2,
  },
})
