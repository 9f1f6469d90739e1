import { describe, expect, it } from 'vitest'
import { calendarDaysBetween, regionalLocale, relativeTime, secondsUntil, shortTime } from './format.ts'

const now = new Date(2026, 2, 18, 15, 30)
const at = (...parts: [number, number, number, number?, number?]) => new Date(...parts).toISOString()

describe('times as people read them', () => {
  it('shows the hour today, the weekday this week, the day this year, the date before', () => {
    expect(shortTime(at(2026, 2, 18, 9, 5), 'ru', now)).toBe('09:05')
    expect(shortTime(at(2026, 2, 16, 9, 5), 'en-GB', now)).toBe('Mon')
    expect(shortTime(at(2026, 0, 3), 'en-GB', now)).toBe('3 Jan')
    expect(shortTime(at(2025, 0, 3), 'ru', now)).toBe('03.01.2025')
  })
  it('counts calendar days, not spans of 24 hours', () => {
    expect(calendarDaysBetween(new Date(2026, 2, 17, 23, 59), new Date(2026, 2, 18, 0, 1))).toBe(1)
    expect(calendarDaysBetween(new Date(2026, 2, 18, 0, 0), new Date(2026, 2, 18, 23, 59))).toBe(0)
  })
  it('speaks both languages about the past', () => {
    expect(relativeTime(at(2026, 2, 17, 12), 'en', now)).toBe('yesterday')
    expect(relativeTime(at(2026, 2, 18, 15, 30), 'en', now)).toBe('now')
    expect(relativeTime(at(2026, 2, 18, 15, 30), 'ru', now)).toBe('сейчас')
    expect(relativeTime(at(2026, 2, 18, 15, 27), 'ru', now)).toBe('3 минуты назад')
    expect(relativeTime(at(2026, 2, 18, 10, 30), 'ru', now)).toBe('5 часов назад')
  })
  it('never counts below zero', () => {
    expect(secondsUntil(at(2026, 2, 18, 15, 29), now)).toBe(0)
    expect(secondsUntil(new Date(now.getTime() + 1500).toISOString(), now)).toBe(2)
  })
  it('writes times as the reader’s region does', () => {
    expect(regionalLocale('en', ['ru-RU', 'en-GB'])).toBe('en-GB')
    expect(regionalLocale('ru', ['en-US'])).toBe('ru')
  })
})
