import { contactCreated, LiveUpdate, type Envelope } from '@ai-crm/contracts'
import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { toLiveUpdate } from './live-update.ts'

const contactId = randomUUID()
const envelope: Envelope = {
  id: randomUUID(),
  type: contactCreated.type,
  version: 1,
  organizationId: randomUUID(),
  aggregate: { type: 'contact', id: contactId, version: 1 },
  actor: { type: 'system', id: null },
  occurredAt: '2026-01-02T03:04:05.000Z',
  correlationId: 'c',
  causationId: null,
  depth: 0,
  trace: null,
  data: { contactId, conversationId: null, messageId: 'no id', name: 'Ada', email: 'ada@example.org' },
}

it('carries ids only: nothing that a customer or colleague wrote', () => {
  const update = toLiveUpdate(7, envelope)
  expect(LiveUpdate.strict().parse(update)).toEqual(update)
  expect(update.refs).toEqual({ contactId })
  expect(JSON.stringify(update)).not.toContain('Ada')
})

it('bears data of any form', () => {
  for (const data of [null, 'text', [], 5]) expect(toLiveUpdate(1, { ...envelope, data }).refs).toEqual({})
})

it('names the company that an event is about, so that it is told only to whoever may read every record', () => {
  const companyId = randomUUID()
  expect(toLiveUpdate(1, { ...envelope, type: 'company.updated', data: { companyId, changes: {} } }).refs).toEqual({ companyId })
})
