import {
  isCurrency,
  type CreateField,
  type EventData,
  type Field,
  type FieldOption,
  type fieldUpdated,
  type GivenOptions,
  MAX_FIELD_OPTIONS,
  type UpdateField,
} from '@ai-crm/contracts'
import { fieldUnsound } from './errors.ts'

export type FieldChanges = EventData<typeof fieldUpdated>['changes']

/** Options that are archived stay with what has been chosen: a definition must not grow without end all the same. */
const MAX_ALL_OPTIONS = 5 * MAX_FIELD_OPTIONS

const hasOptions = (kind: Field['kind']): boolean => kind === 'select' || kind === 'multiSelect'

/** Throws `fieldUnsound` (422) where the definition would be none. */
export function requireSoundField(field: Omit<CreateField, 'label' | 'help'>): void {
  const { kind, record, relatesTo, requiredStages, currency, options, formula } = field
  if (formula !== null && (field.isRequired || requiredStages.length > 0)) throw fieldUnsound('/isRequired', 'Nobody can be asked for what is computed.')
  if (hasOptions(kind) && options.length === 0) throw fieldUnsound('/options', 'A choice needs at least one option.')
  if (!hasOptions(kind) && options.length > 0) throw fieldUnsound('/options', 'Only a choice has options.')
  if ((kind === 'relation') !== (relatesTo !== null)) throw fieldUnsound('/relatesTo', 'A relation, and nothing else, says which records it names.')
  if (record !== 'deal' && requiredStages.length > 0) throw fieldUnsound('/requiredStages', 'Only deals have stages.')
  if (kind !== 'money' && currency !== null) throw fieldUnsound('/currency', 'Only money has a currency.')
  if (currency !== null && !isCurrency(currency)) throw fieldUnsound('/currency', `${currency} is no currency of ISO 4217.`)
  requireDifferent(options)
}

function requireDifferent(options: GivenOptions): void {
  const labels = options.map(({ label }) => label.toLowerCase())
  const twice = labels.findIndex((label, index) => labels.indexOf(label) < index)
  if (twice >= 0) throw fieldUnsound(`/options/${twice}/label`, 'There is an option with this name already.')
}

/** The options from now on: the given in their order, then those that were there, archived. Throws `fieldUnsound` (422). */
export function nextOptions(current: readonly FieldOption[], given: GivenOptions, newId: () => string): FieldOption[] {
  const ids = given.map(({ id }) => id)
  const wrong = ids.findIndex((id, index) => id !== undefined && (!current.some((option) => option.id === id) || ids.indexOf(id) < index))
  if (wrong >= 0) throw fieldUnsound(`/options/${wrong}/id`, 'The field has no such option, or it is named twice.')
  const kept = given.map(({ id, label, color }) => ({ id: id ?? newId(), label, color, isArchived: false }))
  const archived = current.filter(({ id }) => !ids.includes(id)).map((option) => ({ ...option, isArchived: true }))
  if (kept.length + archived.length > MAX_ALL_OPTIONS) throw fieldUnsound('/options', 'Too many options were removed from this field: make a new one.')
  return [...kept, ...archived]
}

/** From → to of what the update really changes. */
export function changesBetween(current: Field, update: Omit<UpdateField, 'options'> & { options?: FieldOption[] | undefined }): FieldChanges {
  const changes: FieldChanges = {}
  if (update.label !== undefined && update.label !== current.label) changes.label = { from: current.label, to: update.label }
  if (update.isRequired !== undefined && update.isRequired !== current.isRequired) changes.isRequired = { from: current.isRequired, to: update.isRequired }
  for (const part of ['help', 'currency', 'formula'] as const) {
    const to = update[part]
    if (to !== undefined && to !== current[part]) changes[part] = { from: current[part], to }
  }
  if (update.options && !isSame(update.options, current.options)) changes.options = { from: current.options, to: update.options }
  if (update.requiredStages && !isSame(update.requiredStages, current.requiredStages))
    changes.requiredStages = { from: current.requiredStages, to: update.requiredStages }
  return changes
}

const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, index) => JSON.stringify(Object(item), keysOf(item)) === JSON.stringify(Object(b[index]), keysOf(item)))

/** jsonb keeps keys in an order of its own. */
const keysOf = (item: unknown): string[] => Object.keys(Object(item)).toSorted()
