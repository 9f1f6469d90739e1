import type { TimelineEntry } from '@ai-crm/contracts'
import { infiniteQueryOptions } from '@tanstack/react-query'

interface TimelinePage {
  items: TimelineEntry[]
  nextCursor: string | null
}

/** The story of a record page by page; `load` asks for the page that begins at the cursor. */
export const timelineQueryOf = (queryKey: readonly string[], load: (page: { limit: number; cursor?: string }, signal: AbortSignal) => Promise<TimelinePage>) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => load({ limit: 40, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

export type TimelineQuery = ReturnType<typeof timelineQueryOf>
