import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { previewQuery, type Previewed } from './queries.ts'

const NOTHING: Previewed = { key: [], ask: () => Promise.reject(new Error('Nothing is asked.')) }

/** What would happen, with the former numbers until the new ones are there; `isReady`: these are of what is asked now. Null asks nothing. */
export function usePreview(previewed: Previewed | null) {
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...previewQuery(previewed ?? NOTHING),
    enabled: previewed !== null,
    placeholderData: keepPreviousData,
  })
  return { isAsked: previewed !== null, data, error, refetch, isReady: previewed !== null && data !== undefined && !isPlaceholderData && !error }
}
export type Preview = ReturnType<typeof usePreview>
