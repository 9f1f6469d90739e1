import type { LiveUpdate } from '@ai-crm/contracts'

/** In the place of an id that is not told. */
export const NO_ID = '00000000-0000-0000-0000-000000000000'

/**
 * What somebody hears who may not read every record: that something of this kind happened, neither to what nor by whom.
 * Number and kind stay, so that the screen misses nothing and fetches anew what it shows. What names no record is told whole.
 */
export function veilUpdate(update: LiveUpdate): LiveUpdate {
  if (Object.keys(update.refs).length === 0) return update
  return { ...update, eventId: NO_ID, aggregate: { ...update.aggregate, id: NO_ID }, actor: { type: 'system', id: null }, refs: {} }
}
