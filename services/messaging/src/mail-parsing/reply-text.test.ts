import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { splitReply } from './reply-text.ts'

/** Beside the repository, where somebody has put them; not part of the project. */
const SAMPLES = new URL('../../../../../shared/data/mail/reply-text-crisp/test/fixtures/', import.meta.url)

describe('what a person wrote', () => {
  it.each([
    ['Gmail', 'Спасибо.\n\nср, 30 апр. 2025 г. в 15:19, Иван <i@example.org>:\n> привет'],
    ['Gmail, older', 'Спасибо.\n\n30 апреля 2025 г., 15:19 пользователь Иван <i@example.org> написал:\n\n> привет'],
    ['Mail.ru, wrapped', 'Спасибо.\n\nЧетверг, 26 июня 2014, 14:00 +04:00 от Иван Петров\n<i@example.org>:\n\nпривет'],
    ['Yandex', 'Спасибо.\n\n26.06.2014, 14:00, "Иван" <i@example.org>:\n> привет'],
    ['Apple Mail', 'Спасибо.\n\n> 26 июня 2014 г., в 14:00, Иван <i@example.org> написал(а):\n> \n> привет'],
    ['Thunderbird', 'Спасибо.\n\n26.06.2014 14:00, Иван пишет:\n> привет'],
    ['Outlook', 'Спасибо.\n\nОт: Иван\nОтправлено: 1 мая\nКому: Пётр\nТема: Цена\n\nпривет\n\nещё'],
    ['Outlook, English', 'Спасибо.\n\nFrom: Bob\nSent: Monday\nTo: Al\nSubject: Price\n\nold'],
    ['separator', 'Спасибо.\n\n-------- Исходное сообщение --------\nпривет'],
    ['Gmail, English', 'Спасибо.\n\nOn Mon, Apr 2, 2012 at 6:26 PM, Megan <m@example.org> wrote:\n\n> Hi'],
    ['signature', 'Спасибо.\n\nС уважением,\nИван Петров\nООО «Ромашка»'],
    ['signature separator', 'Спасибо.\n-- \nIvan'],
    ['telephone', 'Спасибо.\n\nОтправлено с iPhone'],
  ])('is without quotes and signature: %s', (_client, body) => {
    const { text, quotedText } = splitReply(body)
    expect(text).toBe('Спасибо.')
    expect(quotedText).not.toBeNull()
  })

  it('keeps a word that stands right before the introduction', () => {
    expect(splitReply('Да\n26.06.2014, 14:00, "Иван" <i@example.org>:\n> Цена').text).toBe('Да')
  })

  it('includes answers between the quotes', () => {
    expect(splitReply('Да.\n26.06.2014, 14:00, "Иван" <i@example.org>:\n> Цена\n\nА доставка?').text).toBe('Да.\n\nА доставка?')
  })

  it('is everything where nothing else is there: a forward, a short mail, a very long one', () => {
    for (const whole of ['> only a quote', 'Да', 'x'.repeat(70_000)]) expect(splitReply(whole)).toEqual({ text: whole, quotedText: null })
  })

  it('does not mistake a sentence for a quote or a signature', () => {
    for (const body of [
      'On Monday I wrote:\nnothing special',
      'С уважением отношусь к вашему труду и жду ответа, подробности ниже по тексту этого письма, их очень и очень много.\nИ ещё.',
    ])
      expect(splitReply(body)).toEqual({ text: body, quotedText: null })
  })

  it('loses no word', () => {
    const body = 'Да.\n\nОт: Иван\nДата: 1 мая\nТема: Цена\n\nпривет\n\nС уважением,\nИван'
    const { text, quotedText } = splitReply(body)
    expect(`${text} ${quotedText}`.match(/\S+/g)?.toSorted()).toEqual(body.match(/\S+/g)?.toSorted())
  })
})

describe.skipIf(!existsSync(SAMPLES))('public samples (skipped where ../shared/data is absent)', () => {
  const LOREM = /^Fusce bibendum[\s\S]{400,500}nec nibh\.(?:\n\n[\s\S]{1,60})?$/
  const samples = existsSync(SAMPLES) ? readdirSync(SAMPLES).map((name) => [name, readFileSync(new URL(name, SAMPLES), 'utf8')] as const) : []

  it.each(samples.filter(([, body]) => body.trimStart().startsWith('Fusce bibendum')))('%s: the reply alone is shown', (_name, body) => {
    expect(splitReply(body).text).toMatch(LOREM)
  })

  it.each(samples)('%s: something is shown, and nothing is lost', (_name, body) => {
    const { text, quotedText } = splitReply(body)
    expect(text).not.toBe('')
    const words = (from: string): string => from.replace(/[\s>-]+/g, '')
    expect(words(`${text}${quotedText ?? ''}`)).toHaveLength(words(body).length)
  })
})
