import type { Tag } from '@ai-crm/contracts'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../../../lib/api/api.ts'

export const tagsQuery = queryOptions({
  queryKey: ['crm', 'tags'],
  queryFn: ({ signal }) => api.crm.listTags({ query: {}, signal }),
  staleTime: 60_000,
})

/** With how many records have each: for those who keep them in order. */
export const countedTagsQuery = queryOptions({
  queryKey: ['crm', 'tags', 'counted'],
  queryFn: ({ signal }) => api.crm.listTags({ query: { counts: 'true' }, signal }),
})

const NONE: readonly Tag[] = []

/** The tags of a record in their order; one that was just deleted is left out. */
export function useTagsOf(tagIds: readonly string[] | undefined): Tag[] {
  const { data } = useQuery({ ...tagsQuery, enabled: (tagIds ?? []).length > 0 })
  const known = useMemo(() => new Map((data?.items ?? NONE).map((tag) => [tag.id, tag])), [data])
  return (tagIds ?? []).flatMap((id) => known.get(id) ?? [])
}
