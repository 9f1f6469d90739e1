import * as contracts from '@ai-crm/contracts'
import { allEvents, eventsByService, type EventDefinition } from '@ai-crm/contracts'
import { z } from 'zod'
import { type DocumentSources, type GeneratedDocument, heading, table } from './document.ts'

/** docs/generated/events.md: who emits what, with which data, and who consumes it. */
export function eventsDocument(sources: DocumentSources): GeneratedDocument {
  const parts = Object.entries(eventsByService).map(
    ([service, events]) =>
      `## ${service}\n\n${table(
        ['Event', 'Aggregate', 'Data', 'Consumers'],
        events.map((event) => [`\`${event.type}\` v${event.version}`, event.aggregateType, dataOf(event), consumersOf(event, sources).join(', ') || '–']),
      )}`,
  )
  const introduction =
    'Each service emits the events of the things that it owns, in the transaction that changes them. Order is kept inside an aggregate. Fields with `?` may be absent.'
  return { path: 'docs/generated/events.md', text: `${heading('Events', introduction)}\n${parts.join('\n\n')}\n` }
}

/** What must not be: an event that its owner never emits, a consumer of an event that no service owns, an owner that is not running. */
export function findEventGaps(sources: DocumentSources): string[] {
  const unsent = Object.entries(eventsByService).flatMap(([service, events]) => {
    const text = sources.sourceOf(service)
    return events
      .filter((event) => !mentions(text, exportNameOf(event)))
      .map(({ type }) => `Nobody emits ${type}: services/${service} never calls ${exportNameOf(eventOfType(type))}(…).`)
  })
  const consumed = sources.services.flatMap(({ name, consumers }) =>
    consumers
      .filter(({ event }) => !allEvents.includes(event))
      .map((consumer) => `${consumer.name} (${name}) consumes ${consumer.event.type}, which is in no catalogue.`),
  )
  return [...unsent, ...consumed]
}

const consumersOf = (event: EventDefinition, { services }: DocumentSources): string[] => {
  const names = services.flatMap(({ consumers }) => consumers.filter((consumer) => consumer.event === event).map(({ name }) => name))
  return [...new Set(names)].toSorted()
}

function eventOfType(type: string): EventDefinition | undefined {
  return allEvents.find((event) => event.type === type)
}

/** Under which name the contracts export the event: `contact.created` → `contactCreated`. */
function exportNameOf(event: EventDefinition | undefined): string {
  return Object.entries(contracts).find(([, value]) => value === event)?.[0] ?? event?.type ?? ''
}

/** A use beyond the import: called (`emit(contactCreated(…))`) or handed on. */
const mentions = (text: string, name: string): boolean => new RegExp(`\\b${name}\\s*\\(|[:?(]\\s*${name}\\b`).test(text)

const ObjectSchema = z.object({ properties: z.record(z.string(), z.unknown()).default({}), required: z.array(z.string()).default([]) })

function dataOf(event: EventDefinition): string {
  const { properties, required } = ObjectSchema.parse(z.toJSONSchema(event.data, { io: 'output', unrepresentable: 'any' }))
  return Object.keys(properties)
    .map((name) => `\`${name}${required.includes(name) ? '' : '?'}\``)
    .join(' ')
}
