import { PERSON_SERVICES, type PersonPart, type PersonService } from '@ai-crm/contracts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { isStatus } from '../../../lib/api/explain.ts'

export interface CountedService {
  readonly service: PersonService
  readonly part: PersonPart
}

const COUNT = {
  crm: api.crm.crmCountPerson,
  messaging: api.messaging.messagingCountPerson,
  ai: api.ai.aiCountPerson,
  webhook: api.webhook.webhookCountPerson,
  pipeline: api.pipeline.pipelineCountPerson,
}
const EXPORT = {
  crm: api.crm.crmExportPerson,
  messaging: api.messaging.messagingExportPerson,
  ai: api.ai.aiExportPerson,
  webhook: api.webhook.webhookExportPerson,
  pipeline: api.pipeline.pipelineExportPerson,
}

/** Null where a service has nothing about them. */
async function unlessMissing<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Error && isStatus(error, 404)) return null
    throw error
  }
}

/** What an erasure would erase, by service. */
export const personCountsQuery = (contactId: string) =>
  queryOptions({
    queryKey: ['crm', 'contact', contactId, 'person-counts'],
    queryFn: async ({ signal }): Promise<CountedService[]> => {
      const parts = await Promise.all(PERSON_SERVICES.map((service) => unlessMissing(COUNT[service]({ params: { contactId }, signal }))))
      return PERSON_SERVICES.flatMap((service, index) => {
        const part = parts[index]
        return part ? [{ service, part }] : []
      })
    },
    gcTime: 0,
  })

/** The parts of all services are one archive, and two empty blocks end it. */
export async function exportPerson(contactId: string): Promise<Blob> {
  const parts = await Promise.all(PERSON_SERVICES.map((service) => unlessMissing(EXPORT[service]({ params: { contactId } }))))
  const end = new Response(new Blob([new Uint8Array(1024)]).stream().pipeThrough(new CompressionStream('gzip')))
  return new Blob([...parts.flatMap((part) => part ?? []), await end.blob()], { type: 'application/gzip' })
}

const LOOK_AGAIN_MS = 1_500

export const erasuresQuery = infiniteQueryOptions({
  queryKey: ['crm', 'person-erasures'],
  queryFn: ({ pageParam, signal }) => api.crm.listPersonErasures({ query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
  initialPageParam: '',
  getNextPageParam: ({ nextCursor }) => nextCursor,
  refetchInterval: ({ state }) => (state.data?.pages.some(({ items }) => items.some((one) => one.state === 'erasing')) ? LOOK_AGAIN_MS : false),
})
