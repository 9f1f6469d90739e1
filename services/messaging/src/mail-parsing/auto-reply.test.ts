import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isAutoReply } from './auto-reply.ts'
import { parseMail } from './parse-mail.ts'

const SAMPLES = new URL('../../../../../shared/data/mail/bounces-sisimai/', import.meta.url)
const lines = (...headers: string[]) => headers.map((line) => ({ key: line.slice(0, line.indexOf(':')).toLowerCase(), line }))

describe('C11: written by a machine', () => {
  it.each([
    ['Auto-Submitted: auto-replied'],
    ['Auto-Submitted: auto-generated; type=x'],
    ['X-Auto-Response-Suppress: All'],
    ['X-Autoreply: yes'],
    ['X-Autorespond: x'],
    ['Precedence: bulk'],
    ['Precedence: auto_reply'],
    ['Precedence: junk'],
    ['List-Id: <l.example.org>'],
    ['X-Apple-Action: VACATION'],
    ['Return-Path: <>'],
  ])('%s', (header) => {
    expect(isAutoReply(lines(header), 'a@example.org')).toBe(true)
  })

  it('or the envelope has no sender', () => {
    expect(isAutoReply([], '')).toBe(true)
  })

  it.each([
    ['Auto-Submitted: no'],
    ['Auto-Submitted: no (human)'],
    ['Subject: Out of office'],
    ['Precedence: first-class'],
    ['X-Auto-Response-Suppress: None'],
  ])('not by %s alone', (header) => {
    expect(isAutoReply(lines(header), 'a@example.org')).toBe(false)
  })
})

describe.skipIf(!existsSync(SAMPLES))('public samples of bounces and vacations (skipped where ../shared/data is absent)', () => {
  const names = existsSync(SAMPLES) ? readdirSync(SAMPLES).filter((name) => name.endsWith('.eml')) : []
  const parse = (name: string) => parseMail({ source: [readFileSync(new URL(name, SAMPLES))], envelopeFrom: 'a@example.org', day: '' })

  it.each(names.filter((name) => /vacation|rfc3834/.test(name)))('%s is an auto-reply', async (name) => {
    expect((await parse(name)).isAutoReply).toBe(true)
  })

  it('every delivery report counts as written by a machine', async () => {
    const parsed = await Promise.all(names.map(parse))
    expect(parsed.filter(({ isDeliveryReport, isAutoReply: isAuto }) => isDeliveryReport && !isAuto)).toEqual([])
    expect(parsed.filter(({ isDeliveryReport }) => isDeliveryReport).length).toBeGreaterThan(100)
  })
})
