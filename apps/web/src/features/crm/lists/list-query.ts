import type { Filter, ListQuery, Summary } from '@ai-crm/contracts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

/** What a list shows, whatever the kind of record. */
export interface ListParams {
  search?: string | undefined
  sort?: string | undefined
  direction?: ListQuery['direction'] | undefined
  filter?: Filter | undefined
  operationId?: string | undefined
}

/** Names read from A to Z, dates to come the next first; times and amounts begin with the newest and the largest. */
export const usualDirection = (sort: string): ListQuery['direction'] => (sort.endsWith('At') || sort === 'amountMinor' ? 'desc' : 'asc')

/** The days of a filter are those of the reader. */
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

type Asked = Pick<ListQuery, 'limit' | 'sort' | 'direction'> & { search?: string; operationId?: string; filter?: string; zone?: string; cursor?: string }
interface Page<Row> {
  items: Row[]
  nextCursor: string | null
}

/** Only what is asked: absent and empty parameters are left out of requests and keys alike. */
type Given<Own> = { [Key in keyof Own]?: Exclude<Own[Key], undefined> }
const isGiven = <Own>(_own: Own, entries: object): entries is Given<Own> => Object.values(entries).every((value) => value !== undefined)

export function given<Own extends object>(own: Own): Given<Own> {
  const entries: object = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined && value !== ''))
  return isGiven(own, entries) ? entries : {}
}

/** The query of a list, page after page; `own`: parameters of this kind of record alone. Its key begins with the list, by which live updates find it. */
export function listQueryOf<Row, Own extends object>(
  list: 'contacts' | 'companies' | 'deals',
  { search, sort = 'createdAt', direction = usualDirection(sort), filter, operationId }: ListParams,
  own: Own,
  fetchPage: (query: Asked & Given<Own>, signal: AbortSignal) => Promise<Page<Row>>,
) {
  const asked: Asked = { sort, direction, limit: 50, ...given({ search, operationId }), ...(filter ? { filter: JSON.stringify(filter), zone } : {}) }
  const query = { ...asked, ...given(own) }
  return infiniteQueryOptions({
    queryKey: ['crm', list, query],
    queryFn: ({ pageParam, signal }) => fetchPage({ ...query, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

type AskedSummary = { search?: string; operationId?: string; filter?: string; zone?: string; fields?: string; exact?: string; groupBy?: string }

/** What all records of a list come to; `fields`: what is summed. Its key begins as that of the list does. */
export function summaryQueryOf<Own extends object>(
  list: 'contacts' | 'companies' | 'deals',
  { search, filter, operationId }: ListParams,
  own: Own,
  { fields, isExact, groupBy }: SummaryParams,
  fetchSummary: (query: AskedSummary & Given<Own>, signal: AbortSignal) => Promise<Summary>,
) {
  const asked: AskedSummary = {
    ...given({ search, operationId }),
    ...(filter ? { filter: JSON.stringify(filter) } : {}),
    ...(filter || groupBy ? { zone } : {}),
    ...(groupBy ? { groupBy } : {}),
    ...(fields.length > 0 ? { fields: fields.join(',') } : {}),
    ...(isExact ? { exact: 'true' } : {}),
  }
  const query = { ...asked, ...given(own) }
  return queryOptions({ queryKey: ['crm', list, 'summary', query], queryFn: ({ signal }) => fetchSummary(query, signal) })
}

export interface SummaryParams {
  readonly fields: readonly string[]
  readonly isExact: boolean
  readonly groupBy?: string
}
