import { expect, it } from 'vitest'
import { isToldSingleFactor } from './told-strength.ts'

it.each([
  [['pwd'], null, true],
  [['otp'], null, true],
  [['pwd', 'kba'], null, true],
  [['pwd'], '1', true],
  [['pwd', 'otp'], null, false],
  [['pwd', 'mfa'], null, false],
  [['fpt', 'hwk'], null, false],
  [['pwd'], 'phr', false],
  // What says nothing of it: whoever runs the provider has decided.
  [[], null, false],
  [['rba', 'user'], null, false],
])('knows a sign-in that was told to be of one factor: %j, %s', (amr, acr, isSingle) => {
  expect(isToldSingleFactor(amr, acr)).toBe(isSingle)
})
