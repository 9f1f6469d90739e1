import { expect, it } from 'vitest'
import { offeredZones, zoneName, zoneOptions } from './zone-name.ts'

it.each([
  ['Europe/Moscow', 'ru', 'Москва · Moscow, UTC+3'],
  ['Europe/Samara', 'ru', 'Самара · Samara, UTC+4'],
  ['Europe/Kaliningrad', 'ru', 'Калининград · Kaliningrad, UTC+2'],
  ['Asia/Almaty', 'ru', 'Казахстан, Алматы · Almaty, UTC+5'],
  ['America/Rio_Branco', 'ru', 'Акри · Rio Branco, UTC−5'],
  ['Asia/Kolkata', 'ru', 'Индия · Kolkata, UTC+5:30'],
  ['America/Argentina/Buenos_Aires', 'ru', 'Аргентина · Buenos Aires, UTC−3'],
  ['Europe/Moscow', 'en', 'Moscow, UTC+3'],
  ['Asia/Tokyo', 'en', 'Japan · Tokyo, UTC+9'],
  ['UTC', 'ru', 'UTC'],
  ['Nowhere/Atall', 'ru', 'Nowhere/Atall'],
])('calls %s in %s %s', (zone, reader, name) => {
  expect(zoneName(zone, reader)).toBe(name)
})

it('calls no two zones alike, each by a name with its city in Latin letters, in both languages', () => {
  for (const reader of ['en', 'ru']) {
    const names = zoneOptions(null, reader).map(({ label }) => label)
    expect(new Set(names).size).toBe(offeredZones().length)
    expect(names.every((name) => /[A-Za-z]/.test(name))).toBe(true)
  }
})

it('offers a zone that somebody has, though the browser offers another name of it', () => {
  expect(zoneOptions('Asia/Calcutta', 'en').map(({ value }) => value)).toContain('Asia/Calcutta')
})
