import { isDeepStrictEqual } from 'node:util'
import type { EventData, Task, TaskRepeat, taskUpdated, UpdateTask } from '@ai-crm/contracts'
import { ABOUT } from '../about/errors.ts'
import { repeatOf } from './next-due.ts'

export type TaskChanges = EventData<typeof taskUpdated>['changes']
type Editable = Pick<Task, Exclude<keyof UpdateTask, 'isDone'>>
type SettledUpdate = Omit<UpdateTask, 'repeats'> & { readonly repeats?: TaskRepeat | null }

/** The update with what follows from it: whoever names another record lets go of the one before. */
export function settleUpdate(current: Editable, update: UpdateTask): SettledUpdate {
  const isNaming = ABOUT.some((field) => typeof update[field] === 'string')
  const left = isNaming ? Object.fromEntries(ABOUT.filter((field) => update[field] === undefined && current[field] !== null).map((field) => [field, null])) : {}
  const { repeats: _given, ...others } = update
  return { ...others, ...left, ...settledRepeat(current, update) }
}

/** A task that comes every month is of the day on which it is due, once that or how it comes again is changed: the 31st stays that in February. */
function settledRepeat(current: Editable, { repeats, dueAt = current.dueAt }: UpdateTask): Pick<SettledUpdate, 'repeats'> {
  if (repeats === null) return { repeats }
  const given = repeats ?? current.repeats
  const isAsBefore = given?.every === current.repeats?.every && given?.zone === current.repeats?.zone && isSame(dueAt, current.dueAt)
  if (given === null || isAsBefore) return {}
  return { repeats: dueAt === null ? { ...given, day: null } : repeatOf(given, dueAt) }
}

const FIELDS = ['note', 'dueAt', 'remindAt', 'assigneeId', ...ABOUT] as const

/** From → to of the fields that the update really changes, without whether it is done. */
export function changesBetween(current: Editable, update: SettledUpdate): TaskChanges {
  const changes: TaskChanges = {}
  if (update.title !== undefined && update.title !== current.title) changes.title = { from: current.title, to: update.title }
  for (const field of FIELDS) {
    const to = update[field]
    if (to !== undefined && !isSame(to, current[field])) changes[field] = { from: current[field], to }
  }
  const { repeats } = update
  if (repeats !== undefined && !isDeepStrictEqual(repeats, current.repeats)) changes.repeats = { from: current.repeats, to: repeats }
  return changes
}

/** Instants are the same however many zeros they are written with. */
const isSame = (one: string | null, other: string | null): boolean =>
  one === other || (one !== null && other !== null && one.endsWith('Z') && other.endsWith('Z') && Date.parse(one) === Date.parse(other))
