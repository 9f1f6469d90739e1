import { DealSearch, Filter } from '@ai-crm/contracts'
import { z } from 'zod'

/** What of a board lives in the address, so that a link shows a colleague the same. What cannot be understood is left out. */
export const BoardSearch = z.object({
  pipeline: z.uuid().optional().catch(undefined),
  q: z.string().max(200).optional().catch(undefined),
  filter: Filter.optional().catch(undefined),
  owner: DealSearch.shape.owner.catch(undefined),
  /** Key of the field that makes the lanes. */
  lanes: z.string().max(60).optional().catch(undefined),
  /** The deal beside the board. */
  open: z.uuid().optional().catch(undefined),
})
export type BoardSearch = z.infer<typeof BoardSearch>
