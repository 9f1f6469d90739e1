import { expect, it } from 'vitest'
import { emailKind, phoneKind, telegramKind } from './address-kinds.ts'

it.each([
  ['@Ada_L', { id: null, username: '@Ada_L' }],
  ['https://t.me/Ada_L', { id: null, username: 'Ada_L' }],
  ['4242', { id: '4242', username: null }],
  ['a b', null],
])('reads the Telegram account %j', (typed, account) => {
  expect(telegramKind.read(typed, null, null)).toEqual(account && { ...account, label: null })
})

it('keeps the number of an account whose name changes', () => {
  expect(telegramKind.read('@new_name', 'work', { id: '4242', username: 'old_name', label: null })).toEqual({ id: '4242', username: '@new_name', label: 'work' })
})

it('takes no e-mail that is none', () => {
  expect(emailKind.read('nobody', null, null)).toBeNull()
  expect(emailKind.read(' Ada@Example.org ', 'work', null)).toEqual({ address: 'Ada@Example.org', label: 'work' })
})

it('leads to a dialler only where the number can be dialled', () => {
  const phone = { number: '020 7946 0958 x12', label: null, e164: '+442079460958', extension: '12', international: '+44 20 7946 0958 ext. 12' }
  expect([phoneKind.hrefOf(phone), phoneKind.shownAs(phone)]).toEqual(['tel:+442079460958;ext=12', '+44 20 7946 0958 ext. 12'])
  expect(phoneKind.hrefOf({ ...phone, e164: null })).toBeNull()
  expect(emailKind.hrefOf({ address: 'a+b?subject=x@c.example', label: null })).toBe('mailto:a%2Bb%3Fsubject%3Dx%40c.example')
})
