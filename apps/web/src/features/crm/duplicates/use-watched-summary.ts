import type { DuplicateSummary, MergeRecord } from '@ai-crm/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { pairsKey, watchedSummaryQuery } from './queries.ts'

/** How many pairs wait and how far the search is; the pairs are read again when that changes. */
export function useWatchedSummary(record: MergeRecord): DuplicateSummary | undefined {
  const cache = useQueryClient()
  const { data } = useQuery(watchedSummaryQuery(record))
  const state = data && `${data.open} ${data.scan.state}`
  useEffect(() => {
    if (state !== undefined) void cache.invalidateQueries({ queryKey: pairsKey(record) })
  }, [cache, record, state])
  return data
}
