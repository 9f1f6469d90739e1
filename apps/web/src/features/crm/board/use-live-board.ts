import { useQueryClient, type Query } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { onLiveUpdates, PROJECTION_MS } from '../../../lib/live/updates.ts'
import { boardQuery, columnQuery, glance, outdate, showStages, type Asked } from './board-queries.ts'
import { differs, holds } from './column-data.ts'
import { makeRefresher, type Refresher } from './refresher.ts'

/**
 * Keeps a board as it is on the server: when something is heard of deals, a glance at all columns says which of them have changed,
 * and only those are fetched anew. The same glance says which columns there are; what is new among them fetches itself.
 */
export function useLiveBoard(pipelineId: string | undefined, asked: Asked): Refresher {
  const cache = useQueryClient()
  const refresher = useMemo(
    () =>
      makeRefresher(async (ids) => {
        const board = await glance(pipelineId, asked)
        showStages(cache, boardQuery(pipelineId, asked).queryKey, board)
        const touched = board.columns.filter((column) => {
          const known = cache.getQueryData(columnQuery(column.stage, asked).queryKey)
          return known && (holds(known, ids) || differs(known, column))
        })
        for (const { stage } of touched) outdate(cache, stage)
        if (touched.length > 0) void cache.invalidateQueries({ queryKey: ['crm', 'board-lanes'], refetchType: 'none' })
        // With those that cards were moved between.
        const isDue = ({ state }: Query) => state.isInvalidated
        await Promise.all(['board-column', 'board-lanes'].map((of) => cache.refetchQueries({ queryKey: ['crm', of], type: 'active', predicate: isDue })))
      }),
    [cache, pipelineId, asked],
  )
  useEffect(() => {
    let again: ReturnType<typeof setTimeout> | undefined
    const stop = onLiveUpdates((updates) => {
      const about = updates.filter(({ type, refs }) => type.startsWith('deal.') || (type.startsWith('task.') && refs.dealId !== undefined))
      if (about.length > 0) refresher.hear(about.flatMap(({ refs }) => refs.dealId ?? []))
      const isOfStages = updates.some(({ type }) => type.startsWith('pipeline.'))
      if (isOfStages) {
        refresher.hear([])
        clearTimeout(again)
        again = setTimeout(() => refresher.hear([]), PROJECTION_MS)
      }
    })
    return () => {
      clearTimeout(again)
      stop()
      refresher.stop()
    }
  }, [cache, refresher])
  return refresher
}
