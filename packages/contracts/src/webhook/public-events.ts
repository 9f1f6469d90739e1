import { eventsByService } from '../catalog.ts'
import type { Envelope, EventDefinition } from '../core/event.ts'

/** Every event that webhooks tell, by the service that owns it. */
export const publicEventsByService: readonly (readonly [string, readonly EventDefinition[]])[] = Object.entries(eventsByService)
  .map(([service, events]) => [service, events.filter((event) => event.visibility === 'public')] as const)
  .filter(([, events]) => events.length > 0)

export const publicEvents: readonly EventDefinition[] = publicEventsByService.flatMap(([, events]) => events)
export const PUBLIC_EVENT_TYPES: readonly string[] = publicEvents.map(({ type }) => type)

/** What a webhook carries. Additive changes only; a break is version 2 beside version 1. */
export interface PublicEvent {
  readonly id: string
  readonly type: string
  readonly version: number
  readonly occurredAt: string
  readonly organizationId: string
  readonly data: Readonly<Record<string, unknown>>
}

/** The event as outsiders see it: what the contract declares, without what it hides. */
export function toPublicEvent(definition: EventDefinition, { id, type, version, occurredAt, organizationId, data }: Envelope): PublicEvent {
  const shown = Object.entries(Object(definition.data.parse(data))).filter(([field]) => !definition.hiddenFields.includes(field))
  return { id, type, version, occurredAt, organizationId, data: Object.fromEntries(shown) }
}
