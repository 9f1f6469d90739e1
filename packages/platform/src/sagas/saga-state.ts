import { z } from 'zod'

/**
 * The rules of a saga, without a clock or a database.
 *
 * A step:  waiting → asked → done | refused
 *          asked | done → undoing → undone
 * A saga:  running → done                (every step is done)
 *          running → undoing → undone    (a step was refused, its time ran out, or it was recalled)
 *
 * A step whose request was sent may have been done although no answer came: it is undone like one that was. Answers that
 * fit no state (late, or for the second time) change nothing.
 */
export const StepState = z.object({
  name: z.string(),
  state: z.enum(['waiting', 'asked', 'done', 'refused', 'undoing', 'undone']),
  /** Requests of the current kind so far. */
  attempts: z.number().int(),
})
export type StepState = z.infer<typeof StepState>

export interface SagaState {
  readonly state: 'running' | 'undoing' | 'done' | 'undone'
  readonly steps: readonly StepState[]
  readonly reason: string | null
}

export interface Answer {
  readonly step: string
  readonly outcome: 'done' | 'refused' | 'undone'
  readonly reason: string | null
}

export interface Request {
  readonly step: string
  readonly action: 'do' | 'undo'
}

export interface Move {
  readonly next: SagaState
  readonly requests: readonly Request[]
  /** A step was asked for that was not before: its time begins anew. */
  readonly isNewStep: boolean
}

export type Order = 'in-turn' | 'together'

const set = (steps: readonly StepState[], name: string, state: StepState['state'], attempts = 0): StepState[] =>
  steps.map((step) => (step.name === name ? { name, state, attempts } : step))

export function begin(names: readonly string[], order: Order): Move {
  const steps = names.map((name): StepState => ({ name, state: 'waiting', attempts: 0 }))
  return askNext({ state: 'running', steps, reason: null }, order)
}

/** Null when the answer changes nothing. */
export function hear(saga: SagaState, answer: Answer, order: Order): Move | null {
  const step = saga.steps.find(({ name }) => name === answer.step)
  if (!step) return null
  if (saga.state === 'running' && step.state === 'asked' && answer.outcome === 'done')
    return askNext({ ...saga, steps: set(saga.steps, step.name, 'done') }, order)
  if (saga.state === 'running' && step.state === 'asked' && answer.outcome === 'refused')
    return turnBack({ ...saga, steps: set(saga.steps, step.name, 'refused') }, answer.reason ?? `${step.name} was refused`)
  if (saga.state === 'undoing' && step.state === 'undoing' && answer.outcome === 'undone')
    return undoNext({ ...saga, steps: set(saga.steps, step.name, 'undone') })
  return null
}

/** Whoever coordinates wants it undone; null where it is over, or on its way back already. */
export const recall = (saga: SagaState, reason: string): Move | null => (saga.state === 'running' ? turnBack(saga, reason) : null)

/** The timer rang: what is asked for is asked for again, or given up. */
export function wake(saga: SagaState, isOverdue: boolean): Move {
  const asked = saga.steps.filter(({ state }) => state === 'asked')
  if (saga.state === 'running' && isOverdue) return turnBack(saga, `No answer in time: ${asked.map(({ name }) => name).join(', ')}`)
  const open = saga.state === 'running' ? asked : saga.steps.filter(({ state }) => state === 'undoing')
  const steps = saga.steps.map((step) => (open.includes(step) ? { ...step, attempts: step.attempts + 1 } : step))
  const action = saga.state === 'running' ? 'do' : 'undo'
  return { next: { ...saga, steps }, requests: open.map(({ name }) => ({ step: name, action })), isNewStep: false }
}

function askNext(saga: SagaState, order: Order): Move {
  const waiting = saga.steps.filter(({ state }) => state === 'waiting')
  if (waiting.length === 0) {
    const isDone = saga.steps.every(({ state }) => state === 'done')
    return { next: isDone ? { ...saga, state: 'done' } : saga, requests: [], isNewStep: false }
  }
  const asked = order === 'together' ? waiting : waiting.slice(0, 1)
  const steps = saga.steps.map((step): StepState => (asked.includes(step) ? { name: step.name, state: 'asked', attempts: 1 } : step))
  return { next: { ...saga, steps }, requests: asked.map(({ name }) => ({ step: name, action: 'do' })), isNewStep: true }
}

const turnBack = (saga: SagaState, reason: string): Move => undoNext({ ...saga, state: 'undoing', reason: reason.slice(0, 500) })

/** The last step that was done or may have been is undone first. */
function undoNext(saga: SagaState): Move {
  const last = saga.steps.findLast(({ state }) => state === 'asked' || state === 'done')
  if (!last) return { next: { ...saga, state: 'undone' }, requests: [], isNewStep: false }
  return { next: { ...saga, steps: set(saga.steps, last.name, 'undoing', 1) }, requests: [{ step: last.name, action: 'undo' }], isNewStep: true }
}
