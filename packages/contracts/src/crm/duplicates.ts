import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { Instant, PageQuery, pageOf } from '../core/page.ts'
import { Company } from './company.ts'
import { Contact } from './http.ts'

/**
 * Why two records are thought to be the same, and the field without which that cannot be told: whoever may not see it is not shown the reason.
 */
export const DUPLICATE_REASONS = {
  contact: { email: 'email', phone: 'phone', telegram: 'telegrams', mailbox: 'email', 'name-domain': 'email', 'name-company': 'company', name: null },
  company: { domain: 'domains', phone: 'phone', name: null, 'similar-name': null },
} as const satisfies Record<string, Record<string, string | null>>

export const DUPLICATE_STATUSES = ['open', 'dismissed'] as const

/** How many open pairs are counted at most. */
export const MAX_COUNTED_DUPLICATES = 200

const pairOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    one: item,
    other: item,
    /** 0 to 100: how sure we are. */
    score: z.number().int(),
    /** Of DUPLICATE_REASONS, the strongest first. */
    reasons: z.array(z.string()),
  })
export const ContactPair = pairOf(Contact)
export type ContactPair = z.infer<typeof ContactPair>
export const CompanyPair = pairOf(Company)
export type CompanyPair = z.infer<typeof CompanyPair>

export const DuplicateSearch = PageQuery.extend({ status: z.enum(DUPLICATE_STATUSES).default('open') })
export type DuplicateSearch = z.infer<typeof DuplicateSearch>

/** The search through all records. New and changed ones are looked at by themselves. */
export const DuplicateScan = z.object({
  state: z.enum(['never', 'running', 'finished']),
  scanned: z.number().int(),
  /** How many there were when it began. */
  total: z.number().int(),
  finishedAt: Instant.nullable(),
})
export type DuplicateScan = z.infer<typeof DuplicateScan>

/** `open`: pairs that wait for somebody, at most MAX_COUNTED_DUPLICATES. */
export const DuplicateSummary = z.object({ open: z.number().int(), scan: DuplicateScan })
export type DuplicateSummary = z.infer<typeof DuplicateSummary>

/** Two that are not the same, or after all may be. */
export const JudgeDuplicate = z.strictObject({ oneId: z.uuid(), otherId: z.uuid(), status: z.enum(DUPLICATE_STATUSES) })
export type JudgeDuplicate = z.infer<typeof JudgeDuplicate>

const text = (max: number) => z.string().trim().max(max).optional()
/** What is known of somebody who is being typed in. */
export const ContactLikeness = z.object({ name: text(200), email: text(254), phone: text(40), telegram: text(40), company: text(200) })
export type ContactLikeness = z.infer<typeof ContactLikeness>
export const CompanyLikeness = z.object({ name: text(200), domain: text(253), phone: text(40) })
export type CompanyLikeness = z.infer<typeof CompanyLikeness>

const alike = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(z.object({ record: item, score: z.number().int(), reasons: z.array(z.string()) })).max(5) })

export const duplicateEndpoints = defineEndpoints('crm', {
  listDuplicateContacts: {
    method: 'GET', path: '/duplicate-contacts', summary: 'Pairs of contacts that look like the same person, the surest first',
    access: 'crm.contact.read', idempotency: 'safe', query: DuplicateSearch, response: pageOf(ContactPair), status: 200, cost: 2,
  },
  summarizeDuplicateContacts: {
    method: 'GET', path: '/duplicate-contacts/summary', summary: 'How many pairs of contacts wait, and how far the search is',
    access: 'crm.contact.read', idempotency: 'safe', response: DuplicateSummary, status: 200,
  },
  judgeDuplicateContacts: {
    method: 'PUT', path: '/duplicate-contacts/judgement', summary: 'Say that two contacts are not the same, or take that back',
    access: 'crm.contact.update', idempotency: 'natural', body: JudgeDuplicate, status: 204, cost: 2,
  },
  scanContacts: {
    method: 'POST', path: '/duplicate-contacts/scan', summary: 'Look through all contacts for duplicates',
    access: 'crm.contact.update', idempotency: 'key', response: DuplicateScan, status: 202, cost: 10, priority: 'write',
  },
  findContactsLike: {
    method: 'GET', path: '/duplicate-contacts/like', summary: 'Contacts that somebody who is being typed in looks like',
    access: 'crm.contact.read', idempotency: 'safe', query: ContactLikeness, response: alike(Contact), status: 200, cost: 2,
  },
  listDuplicateCompanies: {
    method: 'GET', path: '/duplicate-companies', summary: 'Pairs of companies that look like the same, the surest first',
    access: 'crm.company.read', idempotency: 'safe', query: DuplicateSearch, response: pageOf(CompanyPair), status: 200, cost: 2,
  },
  summarizeDuplicateCompanies: {
    method: 'GET', path: '/duplicate-companies/summary', summary: 'How many pairs of companies wait, and how far the search is',
    access: 'crm.company.read', idempotency: 'safe', response: DuplicateSummary, status: 200,
  },
  judgeDuplicateCompanies: {
    method: 'PUT', path: '/duplicate-companies/judgement', summary: 'Say that two companies are not the same, or take that back',
    access: 'crm.company.update', idempotency: 'natural', body: JudgeDuplicate, status: 204, cost: 2,
  },
  scanCompanies: {
    method: 'POST', path: '/duplicate-companies/scan', summary: 'Look through all companies for duplicates',
    access: 'crm.company.update', idempotency: 'key', response: DuplicateScan, status: 202, cost: 10, priority: 'write',
  },
  findCompaniesLike: {
    method: 'GET', path: '/duplicate-companies/like', summary: 'Companies that one that is being typed in looks like',
    access: 'crm.company.read', idempotency: 'safe', query: CompanyLikeness, response: alike(Company), status: 200, cost: 2,
  },
})
