import { defineEvent, type Envelope } from '@ai-crm/contracts'
import { createTestDatabase, type TestDatabase } from '@ai-crm/testing'
import { v7 as uuidV7 } from 'uuid'
import { z } from 'zod'
import type { Consumer, JobHandler, ServiceDefinition } from '../service.ts'
import { serviceKit } from '../service.ts'

/** For the tests of events and jobs: a service in crm's schema with an event, a table and handlers of its own. */
export const stepTaken = defineEvent('test.step.taken', 1, { type: 'walk', id: 'walkId' }, z.object({ walkId: z.uuid(), step: z.number().int() }))

interface Tables {
  effect: { walkId: string; step: number; eventId: string }
}
export const kit = serviceKit<Tables>()('crm', {})
export type Scope = typeof kit.Scope

export function testService(parts: { consumers?: readonly Consumer[]; jobs?: readonly JobHandler[] }): ServiceDefinition {
  return { ...kit.define(parts), migrations: new URL('file:///the-template-has-them') }
}

/** A consumer that records each step, after whatever the test does first. */
export const recordSteps = (before: (event: Envelope<{ walkId: string; step: number }>) => Promise<void> = async () => {}): Consumer =>
  kit.consume({
    name: 'crm.record-steps',
    event: stepTaken,
    async handle({ db }, event) {
      await before(event)
      await db
        .insertInto('effect')
        .values({ ...event.data, eventId: event.id })
        .execute()
    },
  })

export async function createEventDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase()
  await database.asAdmin(`
    create table crm.effect (
      organization_id uuid not null default platform.current_organization(),
      position bigint generated always as identity, walk_id uuid not null, step integer not null, event_id uuid not null,
      primary key (organization_id, position));
    select platform.protect_tenant_table('crm.effect')`)
  return database
}

/** The steps that were recorded for a walk, in the order of their commits. */
export async function recordedSteps(database: TestDatabase, walkId: string): Promise<number[]> {
  const rows = await database.asAdmin(`select step from crm.effect where walk_id = '${walkId}' order by position`)
  return rows.map((row) => Number(row['step']))
}

export const envelopeOf = (walkId: string, step: number, organizationId: string): Envelope => ({
  id: uuidV7(),
  type: stepTaken.type,
  version: 1,
  organizationId,
  aggregate: { type: 'walk', id: walkId, version: step },
  actor: { type: 'system', id: null },
  occurredAt: new Date().toISOString(),
  correlationId: 'test',
  causationId: null,
  depth: 0,
  trace: null,
  data: { walkId, step },
})

export async function until(condition: () => Promise<boolean>, timeoutMs = 30_000): Promise<void> {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 20))) if (await condition()) return
  throw new Error(`Not within ${timeoutMs} ms: ${condition.toString()}`)
}
