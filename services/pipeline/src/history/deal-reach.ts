import { inReach, type Asker } from '@ai-crm/platform'

/** A condition on `deal`. */
export const mayRead = (asker: Asker) => inReach(asker, 'deal', 'read', 'deal.ownerId')
