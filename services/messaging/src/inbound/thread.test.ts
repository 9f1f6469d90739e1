import { expect, it } from 'vitest'
import { pickThread, threadCandidates } from './thread.ts'

it('C12: prefers In-Reply-To, then References from right to left', () => {
  expect(threadCandidates({ inReplyTo: ['b'], references: ['a', 'b', 'c'] })).toEqual(['b', 'c', 'a'])
})

it('takes the best candidate that is known', () => {
  const known = [
    { rfcMessageId: 'a', conversationId: 'first' },
    { rfcMessageId: 'c', conversationId: 'third' },
  ]
  expect(pickThread(['b', 'c', 'a'], known)).toBe('third')
  expect(pickThread(['x'], known)).toBeNull()
})
