import type { Job } from '@ai-crm/platform'
import { z } from 'zod'

const ofExport = z.object({ exportId: z.uuid() })

/** Every part is here: writes the manifest. */
export const finishExportJob: Job<{ exportId: string }> = { name: 'auth.finish-export', payload: ofExport }
/** When a part took too long. */
export const giveUpExportJob: Job<{ exportId: string }> = { name: 'auth.give-up-export', payload: ofExport }
/** When the archive has been there long enough. */
export const expireExportJob: Job<{ exportId: string }> = { name: 'auth.expire-export', payload: ofExport }
/** Deletes what was brought in vain: of exports that are over, and of runs that were begun anew. */
export const clearExportJob: Job<{ exportId: string }> = { name: 'auth.clear-export', payload: ofExport }
