import type { TimelineEntry } from '@ai-crm/contracts'
import { describe, expect, it } from 'vitest'
import { changedRows, currencyAfter } from './changed-rows.ts'

const entry = (type: string, data: TimelineEntry['data']): TimelineEntry => ({
  id: crypto.randomUUID(),
  type,
  occurredAt: '2027-01-31T12:00:00.000Z',
  actor: { type: 'user', id: null },
  conversationId: null,
  excerpt: null,
  data,
})
const dealId = crypto.randomUUID()
const changed = (changes: object) => entry('deal.updated', { dealId, changes })

describe('what an event changed', () => {
  it('tells built-in fields and fields of the organisation, and only those', () => {
    const changes = { position: { from: 'Buyer', to: null }, custom: { f1: { from: null, to: 3 } } }
    expect(changedRows({ contactId: 'c', changes })).toEqual({
      before: { position: 'Buyer', custom: {}, changedCustom: ['f1'] },
      after: { position: null, custom: { f1: 3 }, changedCustom: ['f1'] },
    })
  })

  it('tells all addresses of a kind, also where the primary one stays', () => {
    const emails = { from: [{ address: 'a@x.example', label: null }], to: [{ address: 'a@x.example' }, { address: 'b@x.example' }] }
    const phones = { from: [{ number: '1', international: '+44 1' }], to: [{ number: 'ask Ann', international: null }] }
    const telegrams = {
      from: [],
      to: [
        { id: '7', username: 'ann' },
        { id: '8', username: null },
      ],
    }
    const rows = changedRows({ changes: { emails, phones, telegrams } })
    expect(rows?.before).toMatchObject({ email: 'a@x.example', phone: '+44 1', telegrams: null })
    expect(rows?.after).toMatchObject({ email: 'a@x.example, b@x.example', phone: 'ask Ann', telegrams: '@ann, 8' })
  })

  it('is nothing where an event tells of no change', () => {
    expect(changedRows({ contactId: 'c', name: 'Ann' })).toBeNull()
    expect(changedRows({ changes: {} })).toBeNull()
  })

  it('keeps an amount in the currency that the deal had then', () => {
    const story = [changed({ currency: { from: 'EUR', to: 'RUB' } }), entry('note.created', { dealId }), changed({ amountMinor: { from: 1, to: 2 } })]
    expect(currencyAfter(story, 2)).toBe('EUR')
    expect(currencyAfter(story, 0)).toBeUndefined()
    expect(currencyAfter([changed({ currency: { from: 'USD', to: null } }), ...story], 3)).toBe('EUR')
  })
})
