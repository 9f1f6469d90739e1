import { z } from 'zod'

/** Of what kind, which list and which pair live in the address. */
export const DuplicatesSearch = z.object({
  record: z.enum(['company']).optional().catch(undefined),
  show: z.enum(['dismissed', 'history']).optional().catch(undefined),
  pair: z.string().max(80).optional().catch(undefined),
})
export type DuplicatesSearch = z.infer<typeof DuplicatesSearch>
