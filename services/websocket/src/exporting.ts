import { exportOf } from '@ai-crm/platform'
import type { Tables } from './tables.ts'

/** Nothing of an organisation's archive is websocket's own. */
export const exporting = exportOf<Tables>()({
  tables: {
    liveSequence: 'A position in the log of live updates.',
    liveUpdate: 'Ids of events that other services export, for screens that were away for a while.',
  },
})
