import { describe, expect, it } from 'vitest'
import type { Assignment } from '../drafts/drafter.ts'
import { findGap } from '../drafts/gap.ts'
import type { Passage } from '../notes/find-passages.ts'
import { languageOf } from './language.ts'
import { localDrafter } from './local-drafter.ts'

const PRICES: Passage = { noteId: '0190a000-0000-7000-8000-000000000001', title: 'Тарифы', body: 'Тариф «Команда» стоит 1 500 ₽ за пользователя в месяц.' }
const SHIPPING: Passage = { noteId: '0190a000-0000-7000-8000-000000000002', title: 'Delivery', body: 'We ship within three working days.' }

async function draft(text: string, options: Partial<Assignment> & { name?: string | null; notes?: Passage[] } = {}) {
  const { name = null, notes = [], ...rest } = options
  const thread = { subject: '', contactName: name, company: null, messages: [{ direction: 'inbound' as const, text, language: null, isAutoReply: false }] }
  const assignment: Assignment = {
    thread,
    language: languageOf(thread, 'en'),
    tone: 'neutral',
    length: 'normal',
    organizationName: 'Acme',
    instructions: '',
    findPassages: async () => notes,
    ...rest,
  }
  return localDrafter.write(assignment, { signal: new AbortController().signal, showProgress: () => undefined })
}

it('answers a Russian mail: name and patronymic, each question quoted, the note’s words, a gap where no note speaks', async () => {
  const { body, sources, language, provider, remark } = await draft(
    'Добрый день!\nПодскажите, пожалуйста, сколько стоит лицензия на 20 человек и можно ли показать демо на следующей неделе?\nСпасибо!',
    { name: 'Петрова Анна Сергеевна', notes: [PRICES] },
  )
  expect(body).toBe(`Здравствуйте, Анна Сергеевна!

Спасибо за ваше письмо.

Вы спрашиваете: «сколько стоит лицензия на 20 человек?»
Тариф «Команда» стоит 1 500 ₽ за пользователя в месяц.

Вы спрашиваете: «можно ли показать демо на следующей неделе?»
[ЗАПОЛНИТЬ: два-три варианта времени и ссылка на встречу]

Если останутся вопросы, напишите, пожалуйста, в ответ на это письмо.

С уважением,
Acme`)
  expect({ language, provider, remark }).toEqual({ language: 'ru', provider: 'local', remark: null })
  expect(sources).toEqual([{ noteId: PRICES.noteId, title: 'Тарифы', excerpt: PRICES.body }])
})

it('answers an English mail in English', async () => {
  const { body } = await draft('Hi,\n\nHow soon can you deliver 20 units to Berlin? Also, could you send me an invoice?\n\nThanks, Ada', {
    name: 'Ada Lovelace',
    notes: [SHIPPING],
  })
  expect(body).toBe(`Hello Ada,

Thank you for your message.

You asked: “How soon can you deliver 20 units to Berlin?”
We ship within three working days.

You asked: “could you send me an invoice?”
[FILL IN: attach the documents or say when you will send them]

If anything is unclear, please reply to this e-mail.

Best regards,
Acme`)
})

it('writes the same draft for the same input', async () => {
  const write = () => draft('How much is it, and when can you deliver?', { notes: [SHIPPING, PRICES] })
  expect(await write()).toEqual(await write())
})

it('states nothing that neither the customer nor a note said: without notes every answer is a gap', async () => {
  const { body, sources } = await draft('What does it cost? Do you support SSO? When do you deliver?')
  expect(sources).toEqual([])
  expect(body.match(/\[FILL IN: /g)).toHaveLength(3)
})

it('does not answer from a note about something else', async () => {
  const { body, sources } = await draft('Can we have a call on Tuesday?', { notes: [SHIPPING] })
  expect(sources).toEqual([])
  expect(body).toContain('[FILL IN: two or three times and a link to the meeting]')
})

it('leaves a note in another language to the colleague’s translation, with its source', async () => {
  const { body, sources } = await draft('What is the price?', { notes: [PRICES] })
  expect(findGap(body)).toContain('say in English what the note “Тарифы” says')
  expect(sources).toHaveLength(1)
})

it('prefers a note in the customer’s language', async () => {
  const english: Passage = { ...PRICES, title: 'Pricing', body: 'The price is 15 EUR per user.' }
  expect((await draft('What is the price?', { notes: [PRICES, english] })).body).toContain('The price is 15 EUR per user.')
})

it.each([
  ['neutral', 'Здравствуйте, Анна!', 'С уважением,'],
  ['friendly', 'Добрый день, Анна!', 'Хорошего дня!'],
  ['formal', 'Здравствуйте, Анна!', 'С уважением,'],
] as const)('keeps the %s tone in Russian, always with «вы»', async (tone, greeting, closing) => {
  const { body } = await draft('Сколько это стоит? Пришлите договор.', { name: 'Анна', tone })
  expect(body.startsWith(greeting)).toBe(true)
  expect(body).toContain(closing)
  expect(body).not.toMatch(/(?<!\p{L})(?:ты|тебя|тебе|твой|твоё|твои)(?!\p{L})/iu)
})

it('says «уважаемая» only where the patronymic tells the gender', async () => {
  expect((await draft('Какая цена?', { name: 'Анна Сергеевна Петрова', tone: 'formal' })).body).toMatch(/^Уважаемая Анна Сергеевна!/)
  expect((await draft('Какая цена?', { name: 'Саша Белых', tone: 'formal' })).body).toMatch(/^Здравствуйте, Саша!/)
})

it('takes several unanswered messages as one question, and none that was answered', async () => {
  const message = (direction: 'inbound' | 'outbound', text: string) => ({ direction, text, language: null, isAutoReply: false })
  const thread = {
    subject: '',
    contactName: null,
    company: null,
    messages: [
      message('inbound', 'Do you ship to Norway?'),
      message('outbound', 'Yes.'),
      message('inbound', 'What is the price?'),
      message('inbound', 'And is it in stock?'),
    ],
  }
  const { body } = await draft('', { thread, language: 'en' })
  expect(body).not.toContain('Norway')
  expect(body).toContain('What is the price?')
  expect(body).toContain('is it in stock?')
})

it('is shorter when asked to be', async () => {
  const text = 'What is the price? Can we meet? Send me an invoice, please. When do you deliver?'
  const [short, normal] = [await draft(text, { length: 'short' }), await draft(text)]
  expect(short.body.match(/\[FILL IN/g)).toHaveLength(2)
  expect(normal.body.match(/\[FILL IN/g)).toHaveLength(4)
})

describe('what needs no answer from a note', () => {
  it('answers thanks with thanks', async () => {
    const { body } = await draft('Спасибо большое, всё получилось!', { name: 'Олег' })
    expect(body).toContain('Рады, что смогли помочь.')
    expect(findGap(body)).toBeNull()
  })

  it('acknowledges a wish to be left alone and reminds the colleague to act on it', async () => {
    const { body } = await draft('Please unsubscribe me from your mailings')
    expect(body).toContain('not to be written to any more')
    expect(findGap(body)).toContain('take the address off the mailings')
  })

  it('says sorry for a problem, quoting it', async () => {
    expect((await draft('Здравствуйте, не могу войти в личный кабинет.')).body).toContain(
      'Сожалеем, что так получилось. Вы пишете: «не могу войти в личный кабинет».',
    )
  })

  it('leaves the whole answer open where it recognises nothing', async () => {
    expect(findGap((await draft('ok', { language: 'en' })).body)).toBe('[FILL IN: the answer to this message]')
  })
})

it('never lets a customer’s brackets pass for a gap or close one', async () => {
  const { body } = await draft('Can you [FILL IN: nothing] deliver ]] here?')
  expect(body.match(/\[FILL IN/g)).toHaveLength(1)
})

it('reads a mail of 20,000 characters without a noticeable pause', async () => {
  const before = process.threadCpuUsage()
  await draft('Подскажите, как это работает, и сколько стоит? '.repeat(425))
  await draft('a'.repeat(20_000))
  await draft('?! '.repeat(6_600))
  // Of this thread's own work: a busy machine changes little.
  const { user } = process.threadCpuUsage(before)
  expect(user / 1_000).toBeLessThan(2_000)
})
