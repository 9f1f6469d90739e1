import { expect, it } from 'vitest'
import { dayPattern, isDay, parseDay, typedDay } from './typed-day.ts'

const NOW = new Date('2026-06-01T12:00:00Z')

it('reads a day in the order of the language, whatever stands between the numbers', () => {
  for (const text of ['03.04.2026', '3.4.26', '3/4/2026', ' 03-04-2026 ', '03042026', '3.4', '2026-04-03'])
    expect(parseDay(text, 'ru', NOW), text).toBe('2026-04-03')
  expect(parseDay('03/04/2026', 'en-US', NOW)).toBe('2026-03-04')
  expect(parseDay('03/04/2026', 'en-GB', NOW)).toBe('2026-04-03')
})

it('takes nothing for a day that is none', () => {
  for (const text of ['', '31.02.2026', '31.13.2026', '5', '1.2.3.4', '1.1.202', '12026', 'вчера', '2026-02-30', '2026-2-3', '1.a.2026', '-5'])
    expect(parseDay(text, 'ru', NOW), text).toBeNull()
  expect([isDay('2024-02-29'), isDay('2025-02-29'), isDay('0000-00-00')]).toEqual([true, false, false])
})

it('writes a day as it is typed, and leaves what is none', () => {
  expect([typedDay('2026-01-31', 'ru'), typedDay('2026-01-31', 'en-US'), typedDay('31.', 'ru'), typedDay('', 'ru')]).toEqual([
    '31.01.2026',
    '01/31/2026',
    '31.',
    '',
  ])
  for (const locale of ['ru', 'en', 'en-GB']) expect(parseDay(typedDay('2026-04-03', locale), locale)).toBe('2026-04-03')
  expect(dayPattern('ru', { day: 'ДД', month: 'ММ', year: 'ГГГГ' })).toBe('ДД.ММ.ГГГГ')
})
