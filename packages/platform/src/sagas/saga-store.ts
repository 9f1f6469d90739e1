import { sql, type QueryExecutorProvider } from 'kysely'
import { z } from 'zod'
import { storedJson } from '../db/stored-json.ts'
import { StepState, type SagaState } from './saga-state.ts'

export interface StoredSaga extends SagaState {
  readonly id: string
  readonly name: string
  readonly input: unknown
  /** By the clock of the database. */
  readonly isOverdue: boolean
  readonly failures: number
}

interface SagaRow extends StoredSaga {
  readonly steps: StepState[]
}

const COLUMNS = sql`id, name, state, input, steps, reason, failures, coalesce(deadline_at <= now(), false) as is_overdue`

/** Locked until the end of the transaction, so that answers and timers of one saga take turns. */
export async function lockSaga(db: QueryExecutorProvider, id: string): Promise<StoredSaga | null> {
  const { rows } = await sql<SagaRow>`select ${COLUMNS} from saga where id = ${id} for update`.execute(db)
  return readRow(rows[0])
}

/** Null when it is not due any more, or somebody else is at it. */
export async function lockDueSaga(db: QueryExecutorProvider, id: string): Promise<StoredSaga | null> {
  const { rows } = await sql<SagaRow>`select ${COLUMNS} from saga where id = ${id} and wake_at <= now() for update skip locked`.execute(db)
  return readRow(rows[0])
}

const readRow = (row: SagaRow | undefined): StoredSaga | null => (row ? { ...row, steps: z.array(StepState).parse(row.steps) } : null)

export interface NewSaga extends SagaState {
  readonly id: string
  readonly name: string
  readonly input: unknown
  readonly correlationId: string
}

export interface Timers {
  /** Null: as it is. */
  readonly deadlineInMs: number | null
  readonly wakeInMs: number
}

const after = (ms: number | null) => (ms === null ? sql`null` : sql`now() + ${ms}::float8 * interval '1 millisecond'`)

export async function insertSaga(db: QueryExecutorProvider, saga: NewSaga, timers: Timers): Promise<void> {
  await sql`insert into saga (id, name, state, input, steps, correlation_id, deadline_at, wake_at)
            values (${saga.id}, ${saga.name}, ${saga.state}, ${storedJson(saga.input)}, ${storedJson(saga.steps)}, ${saga.correlationId},
                    ${after(timers.deadlineInMs)}, ${after(timers.wakeInMs)})`.execute(db)
}

/** `hasNewDeadline`: the deadline becomes that of the timers, also where that is none. */
export async function updateSaga(db: QueryExecutorProvider, id: string, next: SagaState, timers: Timers, hasNewDeadline: boolean): Promise<void> {
  const isOver = next.state === 'done' || next.state === 'undone'
  const deadline = isOver || next.state === 'undoing' ? sql`null` : hasNewDeadline ? after(timers.deadlineInMs) : sql`deadline_at`
  await sql`update saga set state = ${next.state}, steps = ${storedJson(next.steps)}, reason = ${next.reason}, failures = 0, deadline_at = ${deadline},
              wake_at = ${isOver ? sql`null` : after(timers.wakeInMs)}, ended_at = ${isOver ? sql`now()` : sql`null`}
            where id = ${id}`.execute(db)
}

/** What was tried has failed and is undone: again later, without limit. */
export async function postponeSaga(db: QueryExecutorProvider, id: string, wakeInMs: number): Promise<void> {
  await sql`update saga set failures = failures + 1, wake_at = ${after(wakeInMs)} where id = ${id} and wake_at <= now()`.execute(db)
}
