import { contactCreated, defineEvent } from '@ai-crm/contracts'
import { type Consumer, defineConfig, isSecret, secret, type ServiceDefinition } from '@ai-crm/platform'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { configDocument } from './config-document.ts'
import type { DocumentSources } from './document.ts'
import { eventsDocument, findEventGaps } from './events-document.ts'
import { describeChanges } from './schema-lock.ts'

const consumer = (name: string, event: Consumer['event']): Consumer => ({ name, event, handle: async () => undefined })
const service = (parts: Partial<ServiceDefinition>): ServiceDefinition => ({
  name: 'crm',
  config: {},
  routes: [],
  consumers: [],
  jobs: [],
  extensions: [],
  ...parts,
})
const sources = (parts: Partial<ServiceDefinition>, text = ''): DocumentSources => ({ services: [service(parts)], sourceOf: () => text })

it('names an event that its owner never emits, and none that it does', () => {
  const gaps = findEventGaps(sources({}, 'await emit(contactCreated({ contactId }))'))
  expect(gaps.some((gap) => gap.includes('contact.created'))).toBe(false)
  expect(gaps.some((gap) => gap.includes('contact.deleted'))).toBe(true)
})

it('does not take a mention in words for an emission', () => {
  expect(findEventGaps(sources({}, '// contactCreated is emitted elsewhere')).some((gap) => gap.includes('contact.created'))).toBe(true)
})

it('names a consumer of an event that no service owns', () => {
  const ghost = defineEvent('ghost.seen', 1, { type: 'ghost', id: 'ghostId' }, z.object({ ghostId: z.uuid() }))
  expect(findEventGaps(sources({ consumers: [consumer('crm.flee', ghost)] })).some((gap) => gap.includes('crm.flee') && gap.includes('ghost.seen'))).toBe(true)
})

it('shows who consumes what', () => {
  const { text } = eventsDocument(sources({ consumers: [consumer('crm.greet', contactCreated)] }))
  expect(text).toMatch(/`contact\.created` v1 \| contact \| .*`contactId`.* \| crm\.greet \|/)
})

it('shows no default of a secret, however it is wrapped', () => {
  const config = defineConfig({
    PASSWORD: secret(z.string().default('hunter2')).describe('A password.'),
    KEY: secret(z.string()).optional().describe('A key.'),
  })
  expect(isSecret(config.KEY)).toBe(true)
  const { text } = configDocument(sources({ config }))
  expect(text).not.toContain('hunter2')
  expect(text).toContain('| `PASSWORD` | string, secret | – | A password. |')
  expect(text).toContain('| `KEY` | string, secret | – | A key. |')
})

it('says in one line each what a contract gained, lost and changed', () => {
  const before = { events: { 'a@1': { data: { x: 'string', y: 'string' } } } }
  const after = { events: { 'a@1': { data: { x: 'number', z: 'string' } }, 'b@1': {} } }
  expect(describeChanges(before, after)).toEqual([
    '~ events › a@1 › data › x: "string" → "number"',
    '- events › a@1 › data › y',
    '+ events › a@1 › data › z',
    '+ events › b@1',
  ])
})
