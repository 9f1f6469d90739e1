import { expect, it } from 'vitest'
import { decided, retryDelayMs, type Decision, type DeliveryState } from './delivery.ts'

it('a person decides about held, failed and unknown messages, and about nothing else', () => {
  const states: DeliveryState[] = ['queued', 'sending', 'sent', 'failed', 'unknown', 'held', 'cancelled']
  const decisions: Decision[] = ['send', 'discard', 'treat-as-sent']
  const table = states.flatMap((state) =>
    decisions.flatMap((decision) => (decided(state, decision) ? [`${state} ${decision} ${decided(state, decision)}`] : [])),
  )
  expect(table).toEqual([
    'failed send queued',
    'failed discard cancelled',
    'failed treat-as-sent sent',
    'unknown send queued',
    'unknown discard cancelled',
    'unknown treat-as-sent sent',
    'held send queued',
    'held discard cancelled',
  ])
})

it('C7: waits 5 minutes, then 1.3 times longer each time: 18 attempts are about a day', () => {
  expect(retryDelayMs(1, 300)).toBe(300_000)
  expect(retryDelayMs(2, 300)).toBe(390_000)
  const hours = Array.from({ length: 17 }, (_, index) => retryDelayMs(index + 1, 300)).reduce((sum, ms) => sum + ms, 0) / 3_600_000
  expect(hours).toBeGreaterThan(20)
  expect(hours).toBeLessThan(36)
})
