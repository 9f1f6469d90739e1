import { expect, it } from 'vitest'
import { detectLanguage, languageOf } from './language.ts'

it.each([
  ['Здравствуйте, подскажите цену', 'ru'],
  ['Нужен доступ к Salesforce API и Slack', 'ru'],
  ['Please send me the price list', 'en'],
  ['Guten Tag, wie lange dauert die Lieferung nach Wien', null],
  ['Добрий день, підкажіть ціну', null],
  ['12345 :-)', null],
])('tells the language of %j', (text, language) => {
  expect(detectLanguage(text)).toBe(language)
})

const message = (direction: 'inbound' | 'outbound', text: string, isAutoReply = false) => ({ direction, text, language: null, isAutoReply })
const threadOf = (...messages: ReturnType<typeof message>[]) => ({ subject: '', contactName: null, company: null, messages })

it('answers in the language of the newest message that a person wrote', () => {
  const thread = threadOf(
    message('inbound', 'Какая цена?'),
    message('inbound', 'What is the price?'),
    message('outbound', 'Сто рублей'),
    message('inbound', 'Я в отпуске', true),
  )
  expect(languageOf(thread, 'ru')).toBe('en')
})

it('falls back to an earlier message, then to the organisation’s language', () => {
  expect(languageOf(threadOf(message('inbound', 'What is the price?'), message('inbound', '+7 900 000-00-00')), 'ru')).toBe('en')
  expect(languageOf(threadOf(message('inbound', '???')), 'ru')).toBe('ru')
})
