import type { EventData, Task, taskUpdated, UpdateTask } from '@ai-crm/contracts'
import { ABOUT } from '../about/errors.ts'

export type TaskChanges = EventData<typeof taskUpdated>['changes']
type Editable = Pick<Task, Exclude<keyof UpdateTask, 'isDone'>>

/** The update with what follows from it: whoever names another record lets go of the one before. */
export function settleUpdate(current: Editable, update: UpdateTask): UpdateTask {
  const isNaming = ABOUT.some((field) => typeof update[field] === 'string')
  const left = isNaming ? Object.fromEntries(ABOUT.filter((field) => update[field] === undefined && current[field] !== null).map((field) => [field, null])) : {}
  return { ...update, ...left }
}

const FIELDS = ['note', 'dueAt', 'remindAt', 'assigneeId', ...ABOUT] as const

/** From → to of the fields that the update really changes, without whether it is done. */
export function changesBetween(current: Editable, update: UpdateTask): TaskChanges {
  const changes: TaskChanges = {}
  if (update.title !== undefined && update.title !== current.title) changes.title = { from: current.title, to: update.title }
  for (const field of FIELDS) {
    const to = update[field]
    if (to !== undefined && !isSame(to, current[field])) changes[field] = { from: current[field], to }
  }
  return changes
}

/** Instants are the same however many zeros they are written with. */
const isSame = (one: string | null, other: string | null): boolean =>
  one === other || (one !== null && other !== null && one.endsWith('Z') && other.endsWith('Z') && Date.parse(one) === Date.parse(other))
