import type { Belongings, Company, Contact, DuplicateSearch, Merge, MergeRecord } from '@ai-crm/contracts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

/** A record of either kind: what a role hides is not there. */
export type Mergeable = Partial<Contact> & Partial<Company> & Pick<Contact, 'id' | 'name' | 'version' | 'createdAt'>
export interface Pair {
  readonly one: Mergeable
  readonly other: Mergeable
  readonly score: number
  readonly reasons: readonly string[]
}
interface Page<Item> {
  readonly items: Item[]
  readonly nextCursor: string | null
}

type PairPage = (query: { status: DuplicateSearch['status']; limit: number; cursor?: string }, signal: AbortSignal) => Promise<Page<Pair>>
const PAIRS: Readonly<Record<MergeRecord, PairPage>> = {
  contact: (query, signal) => api.crm.listDuplicateContacts({ query, signal }),
  company: (query, signal) => api.crm.listDuplicateCompanies({ query, signal }),
}

/** The keys begin with the records that they are of: live updates of those find them. */
const KEYS = { contact: ['crm', 'contacts', 'duplicates'], company: ['crm', 'companies', 'duplicates'] } as const

export const pairsKey = (record: MergeRecord) => [...KEYS[record], 'pairs'] as const

export const pairsQuery = (record: MergeRecord, status: DuplicateSearch['status']) =>
  infiniteQueryOptions({
    queryKey: [...pairsKey(record), status],
    queryFn: ({ pageParam, signal }) => PAIRS[record]({ status, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

/** While something is under way in the background, how far it is. */
const LOOK_AGAIN_MS = 1_500
const COMPARED_AFTER_MS = 5_000

export const duplicatesSummaryQuery = (record: MergeRecord) =>
  queryOptions({
    queryKey: [...KEYS[record], 'summary'],
    queryFn: ({ signal }) => (record === 'contact' ? api.crm.summarizeDuplicateContacts({ signal }) : api.crm.summarizeDuplicateCompanies({ signal })),
    refetchInterval: ({ state }) => (state.data?.scan.state === 'running' ? LOOK_AGAIN_MS : false),
  })

/** For whoever looks at the pairs: records are compared a moment after they change, which no event tells. */
export const watchedSummaryQuery = (record: MergeRecord) =>
  queryOptions({
    ...duplicatesSummaryQuery(record),
    refetchInterval: ({ state }) => (state.data?.scan.state === 'running' ? LOOK_AGAIN_MS : COMPARED_AFTER_MS),
  })

export const mergePreviewQuery = (record: MergeRecord, survivorId: string, otherId: string) =>
  queryOptions({
    queryKey: [...KEYS[record], 'preview', survivorId, otherId],
    queryFn: ({ signal }): Promise<{ moves: Belongings }> =>
      record === 'contact'
        ? api.crm.previewContactMerge({ params: { contactId: survivorId }, query: { otherId }, signal })
        : api.crm.previewCompanyMerge({ params: { companyId: survivorId }, query: { otherId }, signal }),
  })

export const mergesQuery = (record: MergeRecord) =>
  infiniteQueryOptions({
    queryKey: [...KEYS[record], 'merges'],
    queryFn: ({ pageParam, signal }): Promise<Page<Merge>> => {
      const query = { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }
      return record === 'contact' ? api.crm.listContactMerges({ query, signal }) : api.crm.listCompanyMerges({ query, signal })
    },
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state }) => (state.data?.pages.some(({ items }) => items.some(isUnderWay)) ? LOOK_AGAIN_MS : false),
  })

const isUnderWay = ({ state }: Merge): boolean => state === 'moving' || state === 'separating'

export const separationQuery = (record: MergeRecord, mergeId: string) =>
  queryOptions({
    queryKey: [...KEYS[record], 'separation', mergeId],
    queryFn: ({ signal }) =>
      record === 'contact' ? api.crm.previewContactUnmerge({ params: { mergeId }, signal }) : api.crm.previewCompanyUnmerge({ params: { mergeId }, signal }),
  })

export interface Likeness {
  name?: string
  email?: string
  phone?: string
  company?: string
}

export const contactsLikeQuery = (like: Likeness) =>
  queryOptions({
    queryKey: [...KEYS.contact, 'like', like],
    queryFn: ({ signal }) => api.crm.findContactsLike({ query: like, signal }),
    staleTime: 30_000,
  })

export const duplicateKeys = (record: MergeRecord): readonly (readonly string[])[] =>
  record === 'contact'
    ? [
        ['crm', 'contacts'],
        ['crm', 'contact'],
        ['crm', 'timeline'],
        ['crm', 'deals'],
        ['crm', 'tasks'],
        ['crm', 'notes'],
        ['crm', 'files'],
        ['messaging', 'conversations'],
      ]
    : [
        ['crm', 'companies'],
        ['crm', 'company'],
        ['crm', 'company-timeline'],
        ['crm', 'contacts'],
        ['crm', 'deals'],
        ['crm', 'tasks'],
        ['crm', 'notes'],
        ['crm', 'files'],
      ]
