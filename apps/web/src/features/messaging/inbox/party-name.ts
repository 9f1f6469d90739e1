import type { Party } from '@ai-crm/contracts'

/** What to call the other party: the name, else the address. */
export const partyName = ({ name, address }: Party): string => name?.trim() || address
