import { expect, it } from 'vitest'
import { enrolmentOf, newTotpSecret, stepOfCode } from './totp.ts'

// RFC 6238 appendix B, SHA-1, its eight digits cut to six.
const secret = Buffer.from('12345678901234567890')
it.each([
  [59, '287082', 1],
  [1_111_111_109, '081804', 37_037_036],
  [2_000_000_000, '279037', 66_666_666],
])('knows the code of second %i', (second, code, step) => {
  expect(stepOfCode(secret, code, second * 1000)).toBe(step)
})

it('accepts the step before and after, and no further one', () => {
  const at = (step: number) => stepOfCode(secret, '287082', step * 30_000)
  expect([at(-1), at(0), at(1), at(2), at(3)]).toEqual([null, 1, 1, 1, null])
})

it('makes secrets of 160 bits that apps can read', () => {
  const made = enrolmentOf(newTotpSecret(), 'ada@example.org')
  expect(made.secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(made.uri).toBe(`otpauth://totp/AI%20CRM:ada%40example.org?issuer=AI%20CRM&secret=${made.secret}&algorithm=SHA1&digits=6&period=30`)
})
