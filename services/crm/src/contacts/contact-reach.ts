import { inReach, type Asker } from '@ai-crm/platform'

/** Conditions on `contact`. */
export const mayRead = (asker: Asker) => inReach(asker, 'contact', 'read', 'contact.ownerId')
export const mayWrite = (asker: Asker) => inReach(asker, 'contact', 'write', 'contact.ownerId')
