import type { Servers } from '@ai-crm/testing/servers'
import { Client } from 'pg'

/** Looks into the database behind the services, as an administrator would after an incident. */
export async function inspect(servers: Servers, sql: string): Promise<Record<string, number>> {
  const client = new Client({ connectionString: servers.postgres.url })
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, string>>(sql)
    return Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, value]) => [name, Number(value)]))
  } finally {
    await client.end()
  }
}

const SERVICES = ['auth', 'crm', 'messaging', 'ai', 'websocket'] as const
const sumOver = (expression: (schema: string) => string) => SERVICES.map((schema) => `(${expression(schema)})`).join(' + ')

/** Everything that is still on its way. */
export const LEFT_OVER = `select
  ${sumOver((schema) => `select count(*) from ${schema}.outbox`)} as unpublished,
  ${sumOver((schema) => `select count(*) from ${schema}.parked_event where status <> 'dead'`)} as parked,
  (select count(*) from messaging.delivery where state in ('queued', 'sending')) as undelivered`

/** What must be equal, or nothing, at the end. */
export const ACCOUNTS = `select
  ${sumOver((schema) => `select count(*) from ${schema}.parked_event where status = 'dead'`)} as dead_letters,
  (select count(*) from messaging.event where type = 'message.received') as received,
  (select count(*) from crm.timeline_entry where type = 'message.received') as in_timelines,
  (select count(*) from websocket.live_update u join messaging.event e on e.id = u.event_id where e.type = 'message.received') as shown_live,
  (select count(*) from messaging.event where type in ('message.received', 'message.queued', 'message.sent')) as told,
  (select count(*) from websocket.live_update u join messaging.event e on e.id = u.event_id where e.type in ('message.received', 'message.queued', 'message.sent')) as told_live,
  (select count(*) from (
     select e.aggregate_version, lag(e.aggregate_version) over (partition by e.aggregate_id order by u.sequence) as previous
       from websocket.live_update u join messaging.event e on e.id = u.event_id) numbered
    where previous > aggregate_version) as out_of_order`
