import type { ServiceName } from '@ai-crm/contracts'
import type { ServiceDefinition } from '@ai-crm/platform'

/** The only list of services: a name and how to load it. Loaded when first asked for. */
const catalog: Readonly<Record<ServiceName, () => Promise<{ default: ServiceDefinition }>>> = {
  auth: () => import('@ai-crm/auth'),
  crm: () => import('@ai-crm/crm'),
  messaging: () => import('@ai-crm/messaging'),
  ai: () => import('@ai-crm/ai'),
  webhook: () => import('@ai-crm/webhook'),
  pipeline: () => import('@ai-crm/pipeline'),
  websocket: () => import('@ai-crm/websocket'),
  gateway: () => import('@ai-crm/gateway'),
}

/** The definitions of the named services, in the order of the names. */
export async function loadServices(names: readonly ServiceName[]): Promise<readonly ServiceDefinition[]> {
  const modules = await Promise.all(names.map((name) => catalog[name]()))
  return modules.map((module) => module.default)
}
