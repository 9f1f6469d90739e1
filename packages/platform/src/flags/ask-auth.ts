import { internalFlagEndpoints, type ServiceName } from '@ai-crm/contracts'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { createServiceClient } from '../http/service-client.ts'
import type { ServiceHost } from '../service.ts'
import type { AskForFlags } from './flag-store.ts'

export interface AskAuthParts extends Pick<ServiceHost, 'localServices' | 'upstreams'> {
  readonly app: FastifyInstance
  readonly log: Logger
  deriveKey(purpose: string): Buffer
}

/** Two of them and a poll have to fit into the 5 s in which a change has to be known. */
const TIMEOUT_MS = 1_500

/** How this process asks auth, which owns the store; null where there is no auth to ask. */
export function askAuth({ localServices, upstreams, ...parts }: AskAuthParts): AskForFlags | null {
  const [from] = localServices
  if (!from || (!localServices.has('auth') && !upstreams.auth)) return null
  const to: ServiceName = 'auth'
  const client = createServiceClient({ ...parts, from, to, localServices, upstreams, timeoutMs: TIMEOUT_MS })
  return async (after) => (await client.call(internalFlagEndpoints.getFlagSnapshot, { body: { after } })).snapshot
}
