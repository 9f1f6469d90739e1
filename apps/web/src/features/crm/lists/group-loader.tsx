import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { LoadedGroup } from './list-items.ts'
import type { listQueryOf } from './list-query.ts'

interface GroupLoaderProps<Row> {
  id: string
  query: ReturnType<typeof listQueryOf<Row, object>>
  onLoaded: (id: string, loaded: LoadedGroup<Row>) => void
}

/** Keeps the rows of one group, page by page; shows nothing itself. */
export function GroupLoader<Row>({ id, query, onLoaded }: GroupLoaderProps<Row>) {
  const { data, isPending, error, hasNextPage, isFetchNextPageError, isFetching, fetchNextPage, refetch } = useInfiniteQuery(query)
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  const isFailed = error !== null && !isFetching
  useEffect(() => {
    const more = () => {
      if (isFailed && !isFetchNextPageError) void refetch()
      else if (hasNextPage && !isFetching) void fetchNextPage()
    }
    onLoaded(id, { rows, isPending: isPending && !isFailed, isFailed, hasMore: hasNextPage, more })
  }, [id, rows, isPending, isFailed, isFetchNextPageError, hasNextPage, isFetching, fetchNextPage, refetch, onLoaded])
  return null
}
