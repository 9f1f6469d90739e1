import { inReach, type Asker } from '@ai-crm/platform'

/** Conditions on `deal`. */
export const mayRead = (asker: Asker) => inReach(asker, 'deal', 'read', 'deal.ownerId')
export const mayWrite = (asker: Asker) => inReach(asker, 'deal', 'write', 'deal.ownerId')
