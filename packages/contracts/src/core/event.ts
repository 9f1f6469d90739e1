import { z } from 'zod'

/** Who caused an event. `system` is the platform itself (clock, seed, recovery). */
export const Actor = z.object({
  type: z.enum(['user', 'api-key', 'automation', 'ai', 'contact', 'system']),
  /** Id of the user, key, rule or contact; null for `system` and for a contact that is not known yet. */
  id: z.string().max(200).nullable(),
})
export type Actor = z.infer<typeof Actor>

/** What travels: the event's data and everything needed to order, deduplicate, authorise and trace it. */
export const Envelope = z.object({
  id: z.uuid(),
  type: z.string().max(100),
  version: z.number().int().positive(),
  organizationId: z.uuid(),
  /** `version` counts 1, 2, 3 … without gaps inside one aggregate of the emitting service. */
  aggregate: z.object({ type: z.string().max(60), id: z.uuid(), version: z.number().int().positive() }),
  actor: Actor,
  occurredAt: z.iso.datetime(),
  /** The same for everything that one outside stimulus (a request, an e-mail, a clock tick) led to. */
  correlationId: z.string().max(100),
  /** Id of the event that this one answers; null for the first of a chain. */
  causationId: z.string().max(100).nullable(),
  /** Length of the causation chain; the loop guard refuses beyond 16. */
  depth: z.number().int().min(0),
  /** W3C traceparent of the span that emitted the event, or null when tracing is off. */
  trace: z.string().max(100).nullable(),
  data: z.unknown(),
})
export type Envelope<Data = unknown> = Omit<z.infer<typeof Envelope>, 'data'> & { data: Data }

/** An event that has happened but is not yet stored: what `emit` takes. */
export interface PendingEvent<Data = unknown> {
  readonly type: string
  readonly version: number
  readonly aggregateType: string
  readonly aggregateId: string
  readonly data: Data
}

export interface EventDefinition<Type extends string = string, Schema extends z.ZodType = z.ZodType> {
  /** Makes a pending event; throws ZodError when the data breaks the contract (a bug, never user input). */
  (data: z.input<Schema>): PendingEvent<z.output<Schema>>
  readonly type: Type
  readonly version: number
  readonly aggregateType: string
  readonly data: Schema
  /** `public`: webhooks tell it. What is not marked stays inside. */
  readonly visibility: 'public' | 'internal'
  /** Fields of the data that webhooks leave out. */
  readonly hiddenFields: readonly string[]
}

/** The data of an event definition: `EventData<typeof contactCreated>`. */
export type EventData<Definition> = Definition extends EventDefinition<string, infer Schema> ? z.output<Schema> : never

interface EventOptions<Field extends string> {
  readonly visibility?: 'public'
  readonly hiddenFields?: readonly Field[]
}

/**
 * Declares an event. Names are `<thing>.<past tense>`; changes are additive only, a break is version 2
 * beside version 1. `aggregate` names the kind of thing that the event belongs to and the field of the data
 * that holds its id: order is promised inside one aggregate. `{ visibility: 'public' }` offers it to webhooks, without
 * its `hiddenFields`.
 */
export function defineEvent<const Type extends string, Schema extends z.ZodObject>(
  type: Type,
  version: number,
  aggregate: { type: string; id: keyof z.output<Schema> & string },
  data: Schema,
  options: EventOptions<keyof z.output<Schema> & string> = {},
): EventDefinition<Type, Schema> {
  const make = (input: z.input<Schema>): PendingEvent<z.output<Schema>> => {
    const parsed = data.parse(input)
    return { type, version, aggregateType: aggregate.type, aggregateId: z.uuid().parse(parsed[aggregate.id]), data: parsed }
  }
  return Object.assign(make, {
    type,
    version,
    aggregateType: aggregate.type,
    data,
    visibility: options.visibility ?? 'internal',
    hiddenFields: options.hiddenFields ?? [],
  } as const)
}
