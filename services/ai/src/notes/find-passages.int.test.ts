import { kyselyFor } from '@ai-crm/platform'
import { createTestDatabase } from '@ai-crm/testing/database'
import { beforeAll, expect, it } from 'vitest'
import type { Tables } from '../tables.ts'
import { findPassages } from './find-passages.ts'
import { indexNote } from './index-note.ts'

const OURS = '0190a000-0000-7000-8000-00000000000a'
const THEIRS = '0190a000-0000-7000-8000-00000000000b'

const NOTES = [
  { title: 'Тарифы и цены', body: 'Тариф «Команда» стоит 1500 рублей за пользователя в месяц.\nПри оплате за год скидка 15 процентов.' },
  { title: 'Сроки внедрения', body: 'Обычное внедрение занимает две недели.' },
  { title: 'Refunds', body: 'We return the money within fourteen days.' },
  { title: 'Single sign-on', body: 'Works with every provider that speaks OpenID Connect.' },
]

const database = await createTestDatabase()
const app = await database.open('ai')
const dbOf = (organizationId: string) => kyselyFor<Tables>((statement) => app.read({ organizationId }, statement))
const find = (query: string, organizationId = OURS) => findPassages({ db: dbOf(organizationId) }, query, 5)
const titles = async (query: string) => (await find(query)).map(({ title }) => title)

async function addNote(organizationId: string, note: { title: string; body: string }): Promise<void> {
  const transaction = app.begin({ organizationId })
  const db = kyselyFor<Tables>((statement) => transaction.query(statement))
  const { id } = await db.insertInto('note').values(note).returning('id').executeTakeFirstOrThrow()
  await indexNote({ db }, { id, ...note })
  await transaction.commit()
}

beforeAll(async () => {
  for (const note of NOTES) await addNote(OURS, note)
  await addNote(THEIRS, { title: 'Тарифы и цены', body: 'Секретная цена другой организации: 100 рублей.' })
})

it('finds by stem, in Russian and English, whatever the case', async () => {
  expect(await titles('Какова ЦЕНА тарифа?')).toEqual(['Тарифы и цены'])
  expect(await titles('сроки внедрений')).toEqual(['Сроки внедрения'])
  expect(await titles('How do refunds work?')).toEqual(['Refunds'])
})

it('takes one word of the title, or two of the text, for relevant, and less for chance', async () => {
  expect(await titles('Returning money')).toEqual(['Refunds'])
  expect(await titles('We lost fourteen boxes')).toEqual([])
  expect(await titles('Как у вас с этим?')).toEqual([])
})

it('forgives a slip in the words of a title', async () => {
  expect(await titles('How do refnds work?')).toEqual(['Refunds'])
  expect(await titles('Какие сроки внедренья?')).toContain('Сроки внедрения')
  expect(await titles('тарфы и цены?')).toEqual(['Тарифы и цены'])
})

it('puts the passage that shares most words first', async () => {
  expect((await titles('Сколько стоит внедрение, какие сроки и какая цена внедрения?'))[0]).toBe('Сроки внедрения')
})

it('never finds a note of another organisation', async () => {
  const found = await find('цена', THEIRS)
  expect(found.map(({ body }) => body)).toEqual(['Секретная цена другой организации: 100 рублей.'])
  expect((await find('секретная цена')).map(({ body }) => body).join()).not.toContain('Секретная')
})

it('takes any text for a query: operators, quotes, nothing at all', async () => {
  for (const query of ["' & | ! :* <->", '', '\\', 'a'.repeat(10_000), '🙂'.repeat(3000)]) expect(await find(query)).toEqual([])
})
