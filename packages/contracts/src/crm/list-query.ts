import { z } from 'zod'
import { PageQuery } from '../core/page.ts'
import { MAX_FILTER_LENGTH } from './filter.ts'

/** Which records a list shows, in whatever order: what its rows and its sums have in common. */
export const ListFilterQuery = z.object({
  search: z.string().trim().max(200).optional(),
  /** A Filter as JSON: `{"all":[{"field":"name","op":"contains","value":"acme"}]}`. */
  filter: z.string().min(2).max(MAX_FILTER_LENGTH).optional(),
  /** The zone whose days a filter means: `Europe/Moscow`. */
  zone: z.string().min(1).max(64).optional(),
  /** What an operation of mine made or changed: an import, a change of many. Those of others find nothing. */
  operationId: z.uuid().optional(),
})
export type ListFilterQuery = z.infer<typeof ListFilterQuery>

/** What every list of records takes. `sort`: the key of a sortable field; records without a value stand last, whatever the direction. */
export const ListQuery = PageQuery.extend({
  ...ListFilterQuery.shape,
  sort: z.string().min(1).max(60).default('createdAt'),
  direction: z.enum(['asc', 'desc']).default('desc'),
})
export type ListQuery = z.infer<typeof ListQuery>
