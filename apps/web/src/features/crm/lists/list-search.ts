import { Filter } from '@ai-crm/contracts'
import { z } from 'zod'

/** What of a list lives in the address, so that a link shows a colleague the same. What cannot be understood is left out. */
export const ListSearch = z.object({
  q: z.string().max(200).optional().catch(undefined),
  sort: z.string().max(60).optional().catch(undefined),
  dir: z.enum(['asc', 'desc']).optional().catch(undefined),
  filter: Filter.optional().catch(undefined),
  /** Only what this operation made or changed. */
  operation: z.uuid().optional().catch(undefined),
  /** Keys of the columns in their order, after the first. */
  columns: z.array(z.string().max(60)).max(30).optional().catch(undefined),
  /** How wide columns are, in CSS pixels, by their keys. */
  widths: z.record(z.string().max(60), z.number().int().min(40).max(1000)).optional().catch(undefined),
  /** Key of the field by which the list is grouped. */
  group: z.string().max(60).optional().catch(undefined),
  /** The saved view that the rest began as. */
  view: z.uuid().optional().catch(undefined),
  /** What is open beside the list. */
  open: z.uuid().optional().catch(undefined),
})
export type ListSearch = z.infer<typeof ListSearch>
