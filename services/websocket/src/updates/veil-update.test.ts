import { allEvents, type LiveUpdate } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { toLiveUpdate } from './live-update.ts'
import { NO_ID, veilUpdate } from './veil-update.ts'

const [record, actor] = ['019ab000-0000-7000-8000-000000000001', '019ab000-0000-7000-8000-000000000002']
const update = (type: string, refs: LiveUpdate['refs']): LiveUpdate => ({
  sequence: 7,
  eventId: '019ab000-0000-7000-8000-000000000003',
  type,
  aggregate: { type: 'contact', id: record },
  actor: { type: 'user', id: actor },
  occurredAt: '2026-11-26T10:00:00.000Z',
  refs,
})

it('tells neither which record nor who, but number and kind', () => {
  const veiled = veilUpdate(update('contact.updated', { contactId: record }))
  expect(veiled).toMatchObject({ sequence: 7, type: 'contact.updated', aggregate: { type: 'contact', id: NO_ID }, refs: {} })
  for (const id of [record, actor, '019ab000-0000-7000-8000-000000000003']) expect(JSON.stringify(veiled)).not.toContain(id)
})

it('leaves what names no record as it is', () => {
  expect(veilUpdate(update('team.updated', {}))).toEqual(update('team.updated', {}))
})

const ofRecords = allEvents.filter(({ aggregateType }) => ['contact', 'conversation', 'draft'].includes(aggregateType))

it.each(ofRecords.map((event) => [event.type, event] as const))('finds the record in %s', (type, event) => {
  const names = event.data instanceof z.ZodObject ? Object.keys(event.data.shape) : []
  const data = Object.fromEntries(names.filter((name) => /^(contact|conversation|message|draft)Id$/.test(name)).map((name) => [name, record]))
  const aggregate = { type: event.aggregateType, id: record, version: 1 }
  const { actor: by, occurredAt } = update(type, {})
  const live = toLiveUpdate(1, {
    id: actor,
    type,
    version: 1,
    organizationId: actor,
    aggregate,
    actor: by,
    occurredAt,
    correlationId: '',
    causationId: null,
    depth: 0,
    trace: null,
    data,
  })
  expect(JSON.stringify(veilUpdate(live))).not.toContain(record)
})

it('knows events of records', () => {
  expect(ofRecords.length).toBeGreaterThan(12)
})
