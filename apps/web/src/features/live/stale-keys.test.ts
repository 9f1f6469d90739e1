import type { LiveUpdate } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { staleKeys } from './stale-keys.ts'

const update = (type: string, refs: LiveUpdate['refs'] = {}): LiveUpdate => ({
  sequence: 1,
  eventId: '0198c5a0-0000-7000-8000-000000000001',
  type,
  aggregate: { type: 'conversation', id: '0198c5a0-0000-7000-8000-000000000002' },
  actor: { type: 'system', id: null },
  occurredAt: '2026-01-01T00:00:00.000Z',
  refs,
})

it('fetches the list, the counts and the one conversation again when a message arrives', () => {
  const keys = staleKeys(update('message.received', { conversationId: 'c1' }))
  expect(keys).toContainEqual(['messaging', 'conversations'])
  expect(keys).toContainEqual(['messaging', 'counts'])
  expect(keys).toContainEqual(['messaging', 'messages', 'c1'])
  expect(keys).not.toContainEqual(['messaging', 'messages'])
})

it('touches only the contact that changed', () => {
  expect(staleKeys(update('contact.updated', { contactId: 'p1' }))).toEqual([
    ['crm', 'contacts'],
    ['crm', 'contact', 'p1'],
    ['crm', 'timeline', 'p1'],
    ['crm', 'company-timeline'],
  ])
})

it('touches only the company that changed', () => {
  expect(staleKeys(update('company.updated', { companyId: 'f1' }))).toEqual([
    ['crm', 'companies'],
    ['crm', 'company', 'f1'],
    ['crm', 'company-timeline', 'f1'],
  ])
  expect(staleKeys(update('company.updated'))).toContainEqual(['crm', 'company'])
})

it('touches only the deal that moved', () => {
  expect(staleKeys(update('deal.stage.changed', { dealId: 'd1' }))).toEqual([
    ['crm', 'deals'],
    ['crm', 'deal', 'd1'],
    ['crm', 'deal-timeline', 'd1'],
    ['pipeline', 'stays', 'd1'],
    ['pipeline', 'hand-over', 'd1'],
  ])
})

it('shows a colleague’s new field, tag and shared view, and what is to be done about a record', () => {
  expect(['field.created', 'tag.updated', 'view.deleted'].flatMap((type) => staleKeys(update(type)))).toEqual([
    ['crm', 'fields'],
    ['crm', 'tags'],
    ['crm', 'views'],
  ])
  // Whose values may follow from the field.
  expect(staleKeys(update('field.updated'))).toEqual(
    expect.arrayContaining([
      ['crm', 'fields'],
      ['crm', 'deals'],
      ['crm', 'contact'],
    ]),
  )
  expect(staleKeys(update('task.completed', { taskId: 't1', contactId: 'p1' }))).toContainEqual(['crm', 'timeline', 'p1'])
  expect(staleKeys(update('task.reminded', { taskId: 't1' }))).toContainEqual(['crm', 'reminders'])
  expect(staleKeys(update('note.created', { noteId: 'n1' }))).toContainEqual(['crm', 'mentions'])
})

it('fetches all records in sight again when somebody cannot be told which changed, or teams did', () => {
  expect(staleKeys(update('contact.updated'))).toEqual([
    ['crm', 'contacts'],
    ['crm', 'contact'],
    ['crm', 'timeline'],
    ['crm', 'company-timeline'],
  ])
  expect(staleKeys(update('message.received'))).toContainEqual(['messaging', 'messages'])
  expect(staleKeys(update('team.members_changed'))).toEqual([['auth', 'teams'], ['crm'], ['messaging'], ['ai']])
})

it('looks at exports again when one has begun, is ready or over', () => {
  expect(staleKeys(update('organization.export_ready'))).toEqual([['auth', 'exports']])
})

it('leaves everything alone for events that no screen shows', () => {
  expect(staleKeys(update('session.revoked'))).toEqual([])
})

it('fetches everything that may show somebody who was erased, their place in the trash too', () => {
  expect(staleKeys(update('person.erased', { contactId: 'p1' }))).toEqual([['crm'], ['messaging'], ['ai'], ['pipeline']])
})
