import { expect, it } from 'vitest'
import { personName } from './person-name.ts'

it.each([
  ['Анна Петрова', 'Анна', null],
  ['Петрова Анна', 'Анна', null],
  ['ПЕТРОВА АННА СЕРГЕЕВНА', 'Анна', 'Сергеевна'],
  ['Анна Сергеевна Петрова', 'Анна', 'Сергеевна'],
  ['Пётр Ильич', 'Пётр', 'Ильич'],
  ['Роман Абрамович', 'Роман', 'Абрамович'],
  ['ada lovelace', 'Ada', null],
  ['Lovelace, Ada', 'Ada', null],
  ['Dr. Grace Hopper', 'Grace', null],
  ['Ronald McDonald', 'Ronald', null],
  ['Anna-Maria Schmidt', 'Anna-Maria', null],
])('addresses %s as %s %s', (given, first, patronymic) => {
  expect(personName(given)).toMatchObject({ first, patronymic })
})

it.each([null, '', 'info@example.org', 'ООО Ромашка', 'Sales Team', 'Отдел продаж', 'user123', 'Acme <b>', 'Support', 'Я'])('sees no person in %j', (given) => {
  expect(personName(given)).toBeNull()
})

it('tells the gender by the patronymic only', () => {
  expect(personName('Анна Сергеевна')?.gender).toBe('female')
  expect(personName('Сергей Ильич')?.gender).toBe('male')
  expect(personName('Анна Петрова')?.gender).toBeNull()
})
