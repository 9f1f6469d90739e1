import { expect, it } from 'vitest'
import { digestOfRecoveryCode, newRecoveryCode } from './recovery-code.ts'

it('makes codes of 120 bits that do not repeat', () => {
  const codes = new Set(Array.from({ length: 1000 }, newRecoveryCode))
  expect(codes.size).toBe(1000)
  for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/)
})

it('takes a code as people type it', () => {
  expect(digestOfRecoveryCode(' olab-cdef 0123')).toEqual(digestOfRecoveryCode('01ABCDEF0123'))
  expect(digestOfRecoveryCode('01ABCDEF0124')).not.toEqual(digestOfRecoveryCode('01ABCDEF0123'))
})
