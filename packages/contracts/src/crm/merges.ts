import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { Actor } from '../core/event.ts'
import { idParams, Instant, PageQuery, pageOf } from '../core/page.ts'
import { Company } from './company.ts'
import { Contact } from './http.ts'

/** Fields of which a merge keeps one value; addresses, domains and tags are united. `email` and `phone` of a contact say which is the primary one. */
export const MERGE_CHOICES = {
  contact: ['name', 'email', 'phone', 'company', 'position', 'note', 'ownerId', 'preferredChannel', 'timeZone', 'language'],
  company: ['name', 'website', 'phone', 'address', 'industry', 'size', 'note', 'parentId', 'ownerId'],
} as const
export type MergeRecord = keyof typeof MERGE_CHOICES

/** Of these nobody chooses: a withdrawn consent stays withdrawn, and of two others the later one holds. */
export const MERGE_SETTLED: Readonly<Record<MergeRecord, readonly string[]>> = { contact: ['consent'], company: [] }

/** A record and the one that goes into it: `take` names the fields whose value is the other's; custom ones as `custom.<id>`. What is empty is filled in any case. */
export const MergeRecords = z.strictObject({
  otherId: z.uuid(),
  otherVersion: z.number().int().positive(),
  take: z.array(z.string().max(60)).max(200).default([]),
})
export type MergeRecords = z.infer<typeof MergeRecords>

export const MAX_COUNTED_BELONGINGS = 1_000

/** Living things of a record; from MAX_COUNTED_BELONGINGS of a kind on it is not counted further. */
export const Belongings = z.object({
  deals: z.number().int(),
  tasks: z.number().int(),
  notes: z.number().int(),
  files: z.number().int(),
  /** Conversations in its story. */
  conversations: z.number().int(),
  /** Of a company. */
  contacts: z.number().int(),
  companies: z.number().int(),
})
export type Belongings = z.infer<typeof Belongings>

const previewOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    survivor: item,
    /** The other one; none where none was named. */
    others: z.array(item).max(1),
    /** What goes over. */
    moves: Belongings,
  })

/** `moving`, `separating`: what belongs to it follows in the background. */
export const MERGE_STATES = ['moving', 'merged', 'separating', 'separated'] as const

export const Merge = z.object({
  id: z.uuid(),
  survivorId: z.uuid(),
  survivorName: z.string(),
  mergedId: z.uuid(),
  /** As it was called when it was merged. */
  mergedName: z.string(),
  state: z.enum(MERGE_STATES),
  mergedAt: Instant,
  mergedBy: Actor,
  separatedAt: Instant.nullable(),
})
export type Merge = z.infer<typeof Merge>

/** Why something cannot be as it was before the merge. */
export const SeparationConflict = z.object({
  field: z.string(),
  /** `edited`: changed after the merge, stays as it is. `taken`: an address that is somebody else's by now. `gone`: what it named is no more. */
  reason: z.enum(['edited', 'taken', 'gone']),
  /** What it would have been, for people; null where it was empty. */
  value: z.string().nullable(),
})
export type SeparationConflict = z.infer<typeof SeparationConflict>

/** Why a merge cannot be undone now. `under-way`: what belongs to one of the two is still on its way. */
export const SEPARATION_OBSTACLES = ['separated', 'survivor-merged', 'survivor-deleted', 'under-way'] as const
export type SeparationObstacle = (typeof SEPARATION_OBSTACLES)[number]

export const SeparationPreview = z.object({
  merge: Merge,
  /** Null where it can be undone. */
  obstacle: z.enum(SEPARATION_OBSTACLES).nullable(),
  conflicts: z.array(SeparationConflict),
  returns: Belongings,
})
export type SeparationPreview = z.infer<typeof SeparationPreview>

const OtherQuery = z.object({ otherId: z.uuid().optional() })
const contactParams = idParams('contactId')
const companyParams = idParams('companyId')
const mergeParams = idParams('mergeId')

export const ContactMergePreview = previewOf(Contact)
export type ContactMergePreview = z.infer<typeof ContactMergePreview>
export const CompanyMergePreview = previewOf(Company)
export type CompanyMergePreview = z.infer<typeof CompanyMergePreview>

/** Of one contact or company, or all that the asker may see. */
export const ContactMergeSearch = PageQuery.extend({ contactId: z.uuid().optional() })
export type ContactMergeSearch = z.infer<typeof ContactMergeSearch>
export const CompanyMergeSearch = PageQuery.extend({ companyId: z.uuid().optional() })
export type CompanyMergeSearch = z.infer<typeof CompanyMergeSearch>

export const mergeEndpoints = defineEndpoints('crm', {
  previewContactMerge: {
    method: 'GET',
    path: '/contacts/:contactId/merge',
    summary: 'A contact beside another one, and what would go over',
    access: 'crm.contact.read',
    idempotency: 'safe',
    params: contactParams,
    query: OtherQuery,
    response: ContactMergePreview,
    status: 200,
    cost: 2,
  },
  mergeContact: {
    method: 'POST',
    path: '/contacts/:contactId/merge',
    summary: 'Take another contact into this one; can be undone',
    access: 'crm.contact.update',
    idempotency: 'key',
    params: contactParams,
    body: MergeRecords,
    response: Merge,
    status: 200,
    concurrency: 'if-match',
    cost: 5,
  },
  listContactMerges: {
    method: 'GET',
    path: '/contact-merges',
    summary: 'Merges of contacts, newest first',
    access: 'crm.contact.read',
    idempotency: 'safe',
    query: ContactMergeSearch,
    response: pageOf(Merge),
    status: 200,
  },
  previewContactUnmerge: {
    method: 'GET',
    path: '/contact-merges/:mergeId',
    summary: 'A merge of contacts, and what undoing it would bring back',
    access: 'crm.contact.read',
    idempotency: 'safe',
    params: mergeParams,
    response: SeparationPreview,
    status: 200,
    cost: 2,
  },
  unmergeContact: {
    method: 'POST',
    path: '/contact-merges/:mergeId/undo',
    summary: 'Undo a merge of contacts, also after later changes',
    access: 'crm.contact.update',
    idempotency: 'key',
    params: mergeParams,
    response: Merge,
    status: 200,
    cost: 5,
  },
  previewCompanyMerge: {
    method: 'GET',
    path: '/companies/:companyId/merge',
    summary: 'A company beside another one, and what would go over',
    access: 'crm.company.read',
    idempotency: 'safe',
    params: companyParams,
    query: OtherQuery,
    response: CompanyMergePreview,
    status: 200,
    cost: 2,
  },
  mergeCompany: {
    method: 'POST',
    path: '/companies/:companyId/merge',
    summary: 'Take another company into this one; can be undone',
    access: 'crm.company.update',
    idempotency: 'key',
    params: companyParams,
    body: MergeRecords,
    response: Merge,
    status: 200,
    concurrency: 'if-match',
    cost: 5,
  },
  listCompanyMerges: {
    method: 'GET',
    path: '/company-merges',
    summary: 'Merges of companies, newest first',
    access: 'crm.company.read',
    idempotency: 'safe',
    query: CompanyMergeSearch,
    response: pageOf(Merge),
    status: 200,
  },
  previewCompanyUnmerge: {
    method: 'GET',
    path: '/company-merges/:mergeId',
    summary: 'A merge of companies, and what undoing it would bring back',
    access: 'crm.company.read',
    idempotency: 'safe',
    params: mergeParams,
    response: SeparationPreview,
    status: 200,
    cost: 2,
  },
  unmergeCompany: {
    method: 'POST',
    path: '/company-merges/:mergeId/undo',
    summary: 'Undo a merge of companies, also after later changes',
    access: 'crm.company.update',
    idempotency: 'key',
    params: mergeParams,
    response: Merge,
    status: 200,
    cost: 5,
  },
})

/** What a merge changed, from → to by the field: custom fields as `custom.<id>`, `company` of a contact with its link. */
export type MergedValues = Record<string, { from: unknown; to: unknown }>
