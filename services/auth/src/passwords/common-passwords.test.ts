import { expect, it } from 'vitest'
import { isCommonPassword } from './common-passwords.ts'

it.each(['password', 'PASSWORD', 'P@ssw0rd', 'password2026!', '123456789', 'drowssap', 'qwertyuiop', 'aaaaaaaaaa', 'abcabcabc', 'iloveyou'])(
  'refuses %s',
  async (password) => {
    expect(await isCommonPassword(password)).toBe(true)
  },
)

it.each(['correct horse', 'пять синих трамваев', 'tr0ub4dor&3-and-then-some', 'a-demo-password-for-journeys', 'X7#kq!vR2m', '        x'])(
  'takes %s: length is all that is asked',
  async (password) => {
    expect(await isCommonPassword(password)).toBe(false)
  },
)

it('refuses the name of the product, whatever surrounds it', async () => {
  for (const password of ['aicrm2026!', 'AI-CRM-2026', '1AiCrm1!', 'A1cRm2026']) expect(await isCommonPassword(password)).toBe(true)
  expect(await isCommonPassword('the crm of our team')).toBe(false)
})

it('refuses what everybody knows of the person', async () => {
  expect(await isCommonPassword('roga-kopyta', ['ivan@example.org', 'Ivan', 'Roga-Kopyta'])).toBe(true)
  expect(await isCommonPassword('ivan.petrov99', ['ivan.petrov@example.org'])).toBe(true)
})
