import type { Endpoint } from '@ai-crm/contracts'
import { askService, type Reply } from '@ai-crm/platform'
import type { Dispatcher } from 'undici'
import { serviceAway, serviceBroke, serviceSlow } from '../errors.ts'
import type { Upstreams } from './upstreams.ts'

/** Asks a replica of the endpoint's service; throws what the caller is told where there is no answer. */
export async function forwardRequest(
  endpoint: Endpoint,
  upstreams: Upstreams,
  question: { isHasty: boolean; options: () => Dispatcher.RequestOptions | null },
): Promise<Dispatcher.ResponseData> {
  const reply = await askService(upstreams.of(endpoint.service), { ...question, isRepeatable: endpoint.idempotency !== 'exempt' })
  if ('answer' in reply) return reply.answer
  throw PROBLEMS[reply.failure](endpoint.service)
}

const PROBLEMS: Readonly<Record<Extract<Reply, { failure: unknown }>['failure'], typeof serviceAway>> = {
  away: serviceAway,
  broken: serviceBroke,
  abandoned: serviceBroke,
  late: serviceSlow,
}
