import type { Board, BoardColumn, BoardQuery, FilterNode } from '@ai-crm/contracts'
import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { BROUGHT_ALONG } from '../../../lib/query-client.ts'
import { given } from '../lists/list-query.ts'
import { firstPages, type ColumnData } from './column-data.ts'

/** What narrows a board, as requests carry it. */
export type Asked = Partial<Pick<BoardQuery, 'search' | 'owner' | 'zone'>> & { filter?: string }

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

interface Narrowed {
  readonly search?: string | undefined
  readonly filter?: FilterNode | undefined
  readonly owner?: BoardQuery['owner'] | undefined
}

export const askedOf = ({ search, filter, owner }: Narrowed): Asked => given({ search, owner, ...(filter ? { filter: JSON.stringify(filter), zone } : {}) })

/** One column, page after page, as the board brings it. Kept up to date by what is heard of its deals, not by the clock. */
export const columnQuery = (stage: string, asked: Asked) =>
  infiniteQueryOptions({
    queryKey: ['crm', 'board-column', stage, asked],
    queryFn: ({ pageParam, signal }) =>
      api.crm.listBoardColumn({ params: { stage }, query: { ...asked, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: Infinity,
    meta: BROUGHT_ALONG,
  })

/** Columns that are to be fetched anew. */
export function outdate(client: QueryClient, stage: string): void {
  const queryKey = ['crm', 'board-column', stage]
  client.setQueriesData<ColumnData>({ queryKey }, (data) => data && firstPages(data))
  void client.invalidateQueries({ queryKey, refetchType: 'none' })
}

/** A column that is being read goes on from where it is: only what is its first page by now is put in place. */
function plant(client: QueryClient, column: BoardColumn, asked: Asked): void {
  const { queryKey } = columnQuery(column.stage, asked)
  const pages = client.getQueryData(queryKey)?.pages.length ?? 0
  if (pages > 1) {
    client.setQueryData(queryKey, (data) => data && firstPages(data))
    void client.invalidateQueries({ queryKey, exact: true })
  } else client.setQueryData(queryKey, { pages: [column], pageParams: [''] })
}

/** The whole board in one request; its columns are planted as queries of their own. */
export const boardQuery = (pipelineId: string | undefined, asked: Asked) =>
  queryOptions({
    queryKey: ['crm', 'board', { ...asked, ...(pipelineId ? { pipelineId } : {}) }],
    queryFn: async ({ client, signal }) => {
      const board = await api.crm.getBoard({ query: { ...asked, limit: 50, ...(pipelineId ? { pipelineId } : {}) }, signal })
      for (const column of board.columns) plant(client, column, asked)
      return { pipelineId: board.pipelineId, stages: board.columns.map(({ stage }) => stage) }
    },
  })

/** The columns that there are by now, in their order. */
export function showStages(client: QueryClient, queryKey: ReturnType<typeof boardQuery>['queryKey'], { pipelineId, columns }: Board): void {
  const stages = columns.map(({ stage }) => stage)
  client.setQueryData(queryKey, (known) => (known && known.stages.join(' ') !== stages.join(' ') ? { pipelineId, stages } : known))
}

export const lanesQuery = (pipelineId: string | undefined, laneBy: string, asked: Asked) =>
  queryOptions({
    queryKey: ['crm', 'board-lanes', { ...asked, laneBy, ...(pipelineId ? { pipelineId } : {}) }],
    queryFn: ({ signal }) => api.crm.listBoardLanes({ query: { ...asked, laneBy, ...(pipelineId ? { pipelineId } : {}) }, signal }),
  })

/** How columns stand now, with one card of each: what it takes to know which have changed. */
export const glance = (pipelineId: string | undefined, asked: Asked) =>
  api.crm.getBoard({ query: { ...asked, limit: 1, ...(pipelineId ? { pipelineId } : {}) } })
