import type { ServiceName } from '@ai-crm/contracts'
import { openReplicas, type Replicas, type ServiceHost } from '@ai-crm/platform'
import type { Logger } from 'pino'

/** The replicas of every service that runs in other processes. */
export interface Upstreams {
  of(service: ServiceName): Replicas
  close(): Promise<void>
}

export function openUpstreams(urls: ServiceHost['upstreams'], log: Logger): Upstreams {
  const open = new Map(Object.entries(urls).map(([service, list]) => [service, openReplicas(service, list ?? [], log)]))
  return {
    of(service) {
      const replicas = open.get(service) ?? openReplicas(service, [], log)
      open.set(service, replicas)
      return replicas
    },
    async close() {
      await Promise.all([...open.values()].map((replicas) => replicas.close()))
    },
  }
}
