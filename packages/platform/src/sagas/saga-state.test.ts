import { expect, it } from 'vitest'
import { begin, hear, recall, wake, type Answer, type Move, type SagaState } from './saga-state.ts'

const answer = (step: string, outcome: Answer['outcome'], reason: string | null = null): Answer => ({ step, outcome, reason })
const states = ({ steps }: SagaState): string => steps.map(({ state }) => state).join(' ')
const asked = ({ requests }: Pick<Move, 'requests'>): string => requests.map(({ action, step }) => `${action} ${step}`).join(', ')

function after(move: Move, ...answers: Answer[]): Move {
  return answers.reduce<Move>((last, each) => hear(last.next, each, 'in-turn') ?? last, move)
}

it('asks for each step after the one before it, and is done with the last', () => {
  const first = begin(['a', 'b'], 'in-turn')
  expect([asked(first), states(first.next)]).toEqual(['do a', 'asked waiting'])
  const second = after(first, answer('a', 'done'))
  expect([asked(second), states(second.next), second.isNewStep]).toEqual(['do b', 'done asked', true])
  expect(after(second, answer('b', 'done')).next.state).toBe('done')
})

it('asks for all steps together where their order does not matter', () => {
  const all = begin(['a', 'b'], 'together')
  expect(asked(all)).toBe('do a, do b')
  const half = hear(all.next, answer('b', 'done'), 'together')
  expect([half?.next.state, half?.requests]).toEqual(['running', []])
  expect(half && hear(half.next, answer('a', 'done'), 'together')?.next.state).toBe('done')
})

it('undoes in reverse what was done, and nothing that was refused or never asked for', () => {
  const refused = after(begin(['a', 'b', 'c', 'd'], 'in-turn'), answer('a', 'done'), answer('b', 'done'), answer('c', 'refused', 'no room'))
  expect([refused.next.state, refused.next.reason, asked(refused), states(refused.next)]).toEqual([
    'undoing',
    'no room',
    'undo b',
    'done undoing refused waiting',
  ])
  const next = after(refused, answer('b', 'undone'))
  expect(asked(next)).toBe('undo a')
  expect(after(next, answer('a', 'undone')).next.state).toBe('undone')
})

it('is undone at once when the first step is refused', () => {
  expect(after(begin(['a'], 'in-turn'), answer('a', 'refused')).next.state).toBe('undone')
})

it('asks again until the time of the step is up; then undoes it too, because it may have been done', () => {
  const first = begin(['a', 'b'], 'in-turn')
  const again = wake(first.next, false)
  expect([asked(again), again.next.steps[0]?.attempts, again.isNewStep]).toEqual(['do a', 2, false])
  const late = wake(again.next, true)
  expect([late.next.state, asked(late), late.next.reason]).toEqual(['undoing', 'undo a', 'No answer in time: a'])
})

it('turns back when it is recalled, once, and not when it is over', () => {
  const second = after(begin(['a', 'b'], 'in-turn'), answer('a', 'done'))
  const recalled = recall(second.next, 'reopened')
  expect(recalled && [recalled.next.state, recalled.next.reason, asked(recalled)]).toEqual(['undoing', 'reopened', 'undo b'])
  expect(recalled && recall(recalled.next, 'again')).toBeNull()
  expect(recall(after(second, answer('b', 'done')).next, 'late')).toBeNull()
})

it('asks for undoing without limit', () => {
  let saga = wake(begin(['a'], 'in-turn').next, true).next
  for (let round = 0; round < 100; round++) {
    const move = wake(saga, false)
    expect(asked(move)).toBe('undo a')
    saga = move.next
  }
  expect(saga.state).toBe('undoing')
})

it('is moved by no answer twice, and by none that comes late', () => {
  const second = after(begin(['a', 'b'], 'in-turn'), answer('a', 'done'))
  expect(hear(second.next, answer('a', 'done'), 'in-turn')).toBeNull()
  expect(hear(second.next, answer('a', 'refused'), 'in-turn')).toBeNull()
  expect(hear(second.next, answer('nowhere', 'done'), 'in-turn')).toBeNull()
  const undoing = wake(second.next, true)
  expect(hear(undoing.next, answer('b', 'done'), 'in-turn')).toBeNull()
  expect(hear(undoing.next, answer('a', 'undone'), 'in-turn')).toBeNull()
  const undone = after(undoing, answer('b', 'undone'), answer('a', 'undone'))
  expect(undone.next.state).toBe('undone')
  for (const outcome of ['done', 'refused', 'undone'] as const) expect(hear(undone.next, answer('a', outcome), 'in-turn')).toBeNull()
})
