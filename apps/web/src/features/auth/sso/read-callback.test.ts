import { expect, it } from 'vitest'
import { readCallback } from './read-callback.ts'

it('takes the four parameters that count, and no other', () => {
  expect(readCallback('?state=s&code=c&iss=https%3A%2F%2Fsso.example&session_state=x')).toEqual({ state: 's', code: 'c', iss: 'https://sso.example' })
  expect(readCallback('?state=s&error=access_denied&error_description=no')).toEqual({ state: 's', error: 'access_denied' })
})

it('takes nothing that came twice: one of the two was put there by somebody else', () => {
  expect(readCallback('?state=s&state=t&code=a&code=b')).toEqual({ state: '-' })
  expect(readCallback('')).toEqual({ state: '-' })
})
