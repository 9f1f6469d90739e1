import { MAX_TAGS_OF_RECORD } from '@ai-crm/contracts'
import { defineError } from '@ai-crm/platform'

export const tooManyTags = defineError('crm.tag.too_many_of_record', 422, () => `A record has ${MAX_TAGS_OF_RECORD} tags at most.`)

/** Somebody has changed the same since: taking it back would take their change away. */
export const changedSince = defineError('crm.operation.changed_since', 409, (fields: string) =>
  fields === '' ? 'Somebody has worked on it since.' : `Changed since: ${fields}.`,
)

/** What was made for records that are gone now, others have come to use. */
export const stillUsed = defineError('crm.operation.still_used', 409, () => 'It is used by now.')

/** What it would lead back to is not there any more. */
export const referenceGone = defineError('crm.operation.reference_gone', 409, (fields: string) => `What it was is gone: ${fields}.`)

/** Who may not change a field does not bring its value back either. */
export const fieldLocked = defineError('crm.operation.field_locked', 403, (fields: string) => `Your role does not permit to change ${fields}.`)

export const operationDenied = defineError('crm.operation.denied', 403, (what: string) => `Your role does not let you ${what} these records.`)
