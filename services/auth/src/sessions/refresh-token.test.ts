import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { digestOf, newRefreshToken, successorOf } from './refresh-token.ts'

const key = randomBytes(32)

it('makes tokens of 256 bits that do not repeat', () => {
  const tokens = new Set(Array.from({ length: 1000 }, newRefreshToken))
  expect(tokens.size).toBe(1000)
  for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32)
})

it('derives the same successor again, and another one under another key', () => {
  const token = newRefreshToken()
  expect(successorOf(key, token)).toBe(successorOf(key, token))
  expect(successorOf(key, token)).not.toBe(successorOf(randomBytes(32), token))
  expect(successorOf(key, token)).not.toBe(token)
})

it('does not store what it hands out', () => {
  const token = newRefreshToken()
  expect(digestOf(token).toString('base64url')).not.toContain(token)
})
