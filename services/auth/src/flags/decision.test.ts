import { expect, it } from 'vitest'
import { effectiveOf, tellWho } from './decision.ts'

it.each([
  // own, operator → counts, by whom
  [null, null, null, null],
  [false, null, false, 'organization'],
  [true, null, true, 'organization'],
  [null, true, true, 'operator'],
  [null, false, false, 'operator'],
  [true, false, false, 'operator'],
  [false, true, false, 'organization'],
  [false, false, false, 'operator'],
  [true, true, true, 'organization'],
] as const)('the organisation says %s and the operator %s: %s, by %s', (isOn, operatorIsOn, effective, who) => {
  expect(effectiveOf({ isOn, operatorIsOn })).toBe(effective)
  if (effective !== null) expect(tellWho({ isOn: effective, because: 'organization' }, { isOn, operatorIsOn })).toEqual({ isOn: effective, because: who })
})

it('leaves to the kill switch and to the share what they decided', () => {
  for (const because of ['kill', 'percentage', 'default'] as const)
    expect(tellWho({ isOn: false, because }, { isOn: null, operatorIsOn: false })).toEqual({ isOn: false, because })
})
