import type { LiveUpdate } from '@ai-crm/contracts'

/**
 * Keeps the numbered updates of an organisation without a gap.
 *
 * start    → (welcome) live; everything is fetched anew once, because it may be older than the welcome, unless the server repeats what
 *            was told since it was fetched
 * live     → (a number is missing) catching-up: later updates wait, `resume` asks for the missing ones
 * catching-up → (the hole is filled) live
 * any      → (reset, or the server's numbers went back) live, everything is fetched anew
 */
export interface SequenceState {
  /** The last update that was applied; null before the first welcome. */
  readonly last: number | null
  /** Updates after a hole, by number. */
  readonly waiting: ReadonlyMap<number, LiveUpdate>
  /** The number after which the server was asked to repeat; null when nothing is missing. */
  readonly resumedAfter: number | null
}

export type SequenceInput =
  | { kind: 'welcome'; sequence: number; repeatsRecent?: boolean | undefined }
  | { kind: 'tick' | 'reset'; sequence: number }
  | { kind: 'update'; update: LiveUpdate }

export interface SequenceStep {
  readonly state: SequenceState
  /** In order, each exactly once. */
  readonly apply: readonly LiveUpdate[]
  /** Ask the server for everything after this number. */
  readonly resumeAfter: number | null
  readonly refetchAll: boolean
}

/** More waiting updates than this and fetching everything is cheaper than holding them. */
const MAX_WAITING = 500

export const sequenceStart: SequenceState = { last: null, waiting: new Map(), resumedAfter: null }

const restartAt = (sequence: number): SequenceStep => ({
  state: { last: sequence, waiting: new Map(), resumedAfter: null },
  apply: [],
  resumeAfter: null,
  refetchAll: true,
})

const nothing = (state: SequenceState): SequenceStep => ({ state, apply: [], resumeAfter: null, refetchAll: false })

export function advance(state: SequenceState, input: SequenceInput): SequenceStep {
  if (input.kind === 'update') return advanceByUpdate(state, input.update)
  if (input.kind === 'welcome' && input.repeatsRecent && state.last === null) return nothing({ ...state, last: input.sequence })
  if (input.kind === 'reset' || state.last === null || input.sequence < state.last) return restartAt(input.sequence)
  if (input.kind === 'welcome') return nothing({ ...state, resumedAfter: null })
  if (input.sequence === state.last) return nothing(state)
  return { ...nothing({ ...state, resumedAfter: state.last }), resumeAfter: state.last }
}

function advanceByUpdate(state: SequenceState, update: LiveUpdate): SequenceStep {
  const last = state.last ?? update.sequence - 1
  if (update.sequence <= last) return nothing(state)

  const waiting = new Map(state.waiting).set(update.sequence, update)
  if (waiting.size > MAX_WAITING) return restartAt(Math.max(...waiting.keys()))

  const apply: LiveUpdate[] = []
  for (let next = waiting.get(last + 1); next; next = waiting.get(next.sequence + 1)) {
    waiting.delete(next.sequence)
    apply.push(next)
  }
  const reached = apply.at(-1)?.sequence ?? last
  const isComplete = waiting.size === 0
  const resumeAfter = isComplete || state.resumedAfter !== null ? null : reached
  return {
    state: { last: reached, waiting, resumedAfter: isComplete ? null : (state.resumedAfter ?? reached) },
    apply,
    resumeAfter,
    refetchAll: false,
  }
}
