import { expect, it } from 'vitest'
import { inTurn, type Shortcut } from './registry.ts'

const named = (label: string, group: Shortcut['group']): Shortcut => ({ keys: 'c', label, group, run: () => undefined })

it('asks what is on the screen before what works everywhere, whichever came first', () => {
  const labels = inTurn([named('of the list', 'list'), named('of the conversation', 'conversation'), named('everywhere', 'general')]).map(({ label }) => label)
  expect(labels).toEqual(['of the conversation', 'of the list', 'everywhere'])
})
