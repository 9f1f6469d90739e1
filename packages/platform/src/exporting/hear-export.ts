import { organizationExportRequested, type EventData } from '@ai-crm/contracts'
import { z } from 'zod'
import type { ConfigSpec } from '../config.ts'
import type { Consumer, ConsumerScope } from '../events/consumer.ts'
import type { Job } from '../jobs/job.ts'

export const exportJob: Job<{ exportId: string }> = { name: 'platform.export-organization', payload: z.object({ exportId: z.uuid() }) }
/** Auth gives the whole export up long before. */
const MOST_ATTEMPTS = 100

/** Hears that an organisation is to be exported, and plans this service's part. */
export const exportConsumer = (service: string): Consumer => ({
  name: `${service}.export-organization`,
  event: organizationExportRequested,
  async handle(scope: ConsumerScope<unknown, ConfigSpec>, { data }: { data: EventData<typeof organizationExportRequested> }) {
    await scope.enqueue(exportJob, { exportId: data.exportId }, { key: data.exportId, maxAttempts: MOST_ATTEMPTS })
  },
})
