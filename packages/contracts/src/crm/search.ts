import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { Line } from '../core/page.ts'
import { Company } from './company.ts'
import { Deal } from './deal.ts'
import { Contact } from './http.ts'
import { LIST_RECORDS } from './list-fields.ts'
import { RecordNote } from './note.ts'
import { Task } from './task.ts'

/** What is looked through where nobody says where. */
export const SEARCHED_KINDS = [...LIST_RECORDS, 'task', 'note'] as const
export const SearchedKind = z.enum(SEARCHED_KINDS)
export type SearchedKind = z.infer<typeof SearchedKind>

/** What people look for when they do not say where. Of each kind at most `limit`; more of one kind has its list, searched by the same words. */
export const RecordSearch = z.object({
  query: Line(200),
  /** Of this kind only. */
  record: SearchedKind.optional(),
  limit: z.coerce.number().int().min(1).max(20).default(5),
})
export type RecordSearch = z.infer<typeof RecordSearch>

/** With the name of the contact or company, or the title of the deal, that it is about. */
export const FoundNote = RecordNote.extend({ aboutName: z.string().nullable() })
export type FoundNote = z.infer<typeof FoundNote>

/** Each kind has the best first: called so, called so at the beginning, a word that begins so, anything else; then what was active last. */
export const FoundRecords = z.object({
  /** The kinds of which something was found, the one with the best of all first. */
  order: z.array(SearchedKind),
  contacts: z.array(Contact),
  companies: z.array(Company),
  deals: z.array(Deal),
  /** By their titles and notes: one's own, and those about what one may see. */
  tasks: z.array(Task),
  /** By their texts; about what one may see. */
  notes: z.array(FoundNote),
})
export type FoundRecords = z.infer<typeof FoundRecords>

export const searchEndpoints = defineEndpoints('crm', {
  searchRecords: {
    method: 'GET',
    path: '/search',
    summary:
      'Contacts, companies and deals within reach by what they are called and by their addresses, numbers and domains, tasks and notes by their texts; forgives typos, foreign letters and the wrong keyboard layout',
    access: 'signed-in',
    idempotency: 'safe',
    query: RecordSearch,
    response: FoundRecords,
    status: 200,
    cost: 2,
  },
})
