import { expect, it } from 'vitest'
import { usedPassages } from './used-passages.ts'

const price = { noteId: '1', title: 'Pricing', body: 'It costs 15 EUR a month.' }
const hours = { noteId: '2', title: 'Opening hours', body: 'The shop is open from Monday to Friday, 9:00 to 18:00.' }
const delivery = { noteId: '3', title: 'Доставка', body: 'Доставка курьером бесплатна при заказе от 5000 рублей.' }
const names = (text: string, question: string) => usedPassages(text, question, [price, hours, delivery]).map(({ title }) => title)

it.each([
  ['a number', 'That is 15 EUR.', 'What does it cost?', ['Pricing']],
  ['words', 'We are open on Monday and until Friday.', 'When?', ['Opening hours']],
  ['Russian words in another form', 'Бесплатную доставку делает курьер.', 'Как это работает?', ['Доставка']],
  ['several', 'It is 15 EUR; we open at 9:00.', 'Price?', ['Pricing', 'Opening hours']],
  ['nothing', 'Thank you, I will ask a colleague.', 'Price?', []],
  ['only what the customer said', 'You asked about 15 people on Monday.', 'We are 15 people. Is Monday fine?', []],
])('a source is what the text shares %s with', (_what, text, question, titles) => {
  expect(names(text, question)).toEqual(titles)
})
