import { publicEventsByService } from '@ai-crm/contracts'
import i18n from 'i18next'
import { z } from 'zod'

export interface EventChoice {
  readonly type: string
  readonly label: string
  /** Names of what its data holds, without what is hidden from outsiders. */
  readonly fields: readonly string[]
}

export interface EventGroup {
  readonly service: string
  readonly label: string
  readonly events: readonly EventChoice[]
}

const Names = z.record(z.string(), z.string())
const Shape = z.object({ shape: z.record(z.string(), z.unknown()) })

/** Their names have dots, which the keys of the words cannot have: read as they are. */
const namesOf = (key: 'webhookEvents' | 'webhookGroups') => Names.parse(i18n.getResource(i18n.language, 'translation', key))

/** A newer server may tell events that this page does not know: then the type itself is shown. */
export const eventName = (type: string): string => namesOf('webhookEvents')[type] ?? type

/** Every public event by what it is about. */
export function eventGroups(): EventGroup[] {
  return publicEventsByService.map(([service, events]) => ({
    service,
    label: namesOf('webhookGroups')[service] ?? service,
    events: events.map(({ type, data, hiddenFields }) => ({
      type,
      label: eventName(type),
      fields: Object.keys(Shape.parse(data).shape).filter((field) => !hiddenFields.includes(field)),
    })),
  }))
}
