import type { Stoppable } from '../adapters.ts'
import type { Origin } from '../context.ts'
import { backoffMs } from '../events/backoff.ts'
import { callInUnit } from './call-in-unit.ts'
import { failureFields } from '../events/describe-failure.ts'
import type { RelayConnection } from '../events/relay-connection.ts'
import { WakeSignal } from '../events/wake-signal.ts'
import { defineFailpoint } from '../failpoints/failpoint.ts'
import type { ServiceRuntime, WorkLimits } from '../runtime/runtime.ts'
import { moveSaga, type SagaScope } from './advance-saga.ts'
import { RETRY_FIRST_MS, RETRY_LONGEST_MS, type SagaDefinition } from './saga.ts'
import { wake } from './saga-state.ts'
import { lockDueSaga, postponeSaga } from './saga-store.ts'

const POLL_MS = 1_000
const AT_ONCE = 20
const TURN_TIMEOUT_MS = 20_000

const rung = defineFailpoint('saga.timer-committed', 'The timer of a saga has asked again or turned it back, and committed; by its name')

interface DueSaga {
  readonly organizationId: string
  readonly id: string
  readonly name: string
  readonly correlationId: string
  readonly failures: number
}

/**
 * Rings for sagas whose time has come: asks again for steps without an answer, turns back when a step's time is up, asks
 * again for undoing, without limit. The timer is the row: it survives everything, and whichever replica locks it first rings.
 */
export function startSagaTimers(runtime: ServiceRuntime, connection: RelayConnection): Stoppable {
  const sagas = new Map((runtime.definition.sagas ?? []).map((saga) => [saga.name, saga]))
  const stopping = new AbortController()
  const signal = new WakeSignal()
  const loop = sagas.size === 0 ? Promise.resolve() : ringUntil(stopping.signal, signal, { runtime, connection, sagas })
  return {
    async stop() {
      stopping.abort()
      signal.ring()
      await loop
    },
  }
}

interface Clockwork {
  readonly runtime: ServiceRuntime
  readonly connection: RelayConnection
  readonly sagas: ReadonlyMap<string, SagaDefinition>
}

async function ringUntil(stopping: AbortSignal, signal: WakeSignal, clockwork: Clockwork): Promise<void> {
  while (!stopping.aborted) {
    try {
      const due = clockwork.connection.session === 0 ? [] : await findDue(clockwork)
      for (const saga of due) await ring(clockwork, saga, stopping)
      if (due.length < AT_ONCE) await signal.wait(POLL_MS)
    } catch (error) {
      clockwork.runtime.log.warn(failureFields(error), 'sagas were not looked for')
      await signal.wait(POLL_MS)
    }
  }
}

const findDue = ({ connection, sagas }: Clockwork): Promise<DueSaga[]> =>
  connection.query(
    `select organization_id as "organizationId", id, name, correlation_id as "correlationId", failures
       from saga where wake_at <= now() and name = any($1) order by wake_at limit ${AT_ONCE}`,
    [[...sagas.keys()]],
  )

async function ring(clockwork: Clockwork, due: DueSaga, stopping: AbortSignal): Promise<void> {
  const { runtime, sagas } = clockwork
  const definition = sagas.get(due.name)
  if (!definition) return
  try {
    await inTurn(runtime, due, stopping, async (scope) => {
      const saga = await lockDueSaga(scope.db, due.id)
      if (saga) await moveSaga(definition, scope, saga, wake(saga, saga.isOverdue))
    })
    rung(due.name)
  } catch (error) {
    runtime.log.error({ saga: due.name, sagaId: due.id, ...failureFields(error) }, 'a saga did not go on; it is tried again')
    const waitMs = backoffMs(due.failures + 1, RETRY_FIRST_MS, RETRY_LONGEST_MS)
    await inTurn(runtime, due, stopping, (scope) => postponeSaga(scope.db, due.id, waitMs))
  }
}

/** One transaction of the saga's organisation, in the name of the system. */
function inTurn(runtime: ServiceRuntime, due: DueSaga, stopping: AbortSignal, work: (scope: SagaScope) => Promise<void>): Promise<void> {
  const { organizationId, correlationId } = due
  const origin: Origin = { organizationId, actor: { type: 'system', id: null }, correlationId, causationId: null, depth: 0, trace: null }
  const limits: WorkLimits = {
    signal: AbortSignal.any([stopping, AbortSignal.timeout(TURN_TIMEOUT_MS)]),
    log: runtime.log.child({ saga: due.name, sagaId: due.id, correlationId }),
  }
  return callInUnit(runtime.openUnit(origin, limits), work)
}
