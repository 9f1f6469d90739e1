import { ProblemError } from '@ai-crm/contracts'
import i18next from 'i18next'
import { expect, it } from 'vitest'
import * as en from '../i18n/en/words.ts'
import * as ru from '../i18n/ru/words.ts'
import { explain } from './explain.ts'

it.each([
  ['en', en, /^No mail was sent: .* Try again after \d{1,2}:\d\d [AP]M\.$/],
  ['ru', ru, /^Письмо не отправлено: .* Повторите после \d{1,2}:\d\d\.$/],
] as const)('says in %s when the next invitation may be sent', async (lng, translation, words) => {
  const language = i18next.createInstance()
  await language.init({ lng, resources: { [lng]: { translation: { ...translation } } }, interpolation: { escapeValue: false } })
  const problem = { type: '', title: '', status: 429, code: 'auth.invitation.too_many_mails', detail: '', requestId: '' }
  expect(explain(new ProblemError(problem, 1_800), language.t).replaceAll('\u202f', ' ')).toMatch(words)
})
