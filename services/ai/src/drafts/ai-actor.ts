import type { Actor } from '@ai-crm/contracts'

/** Who writes drafts: not the customer whose message asked for one, nor the person who pressed the button. */
export const AI: Actor = { type: 'ai', id: null }
