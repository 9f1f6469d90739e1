import { Locale } from '@ai-crm/contracts'
import { z } from 'zod'

/** What the saga of founding an organisation knows, and tells everybody who takes part. */
export const Founding = z.object({
  name: z.string(),
  slug: z.string(),
  locale: Locale,
  founderId: z.uuid(),
  /** The account was made together with the organisation, and goes with it. */
  isNewAccount: z.boolean(),
})
export type Founding = z.infer<typeof Founding>
