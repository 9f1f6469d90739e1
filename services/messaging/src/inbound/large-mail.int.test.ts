import { messageReceived } from '@ai-crm/contracts'
import { createHash } from 'node:crypto'
import type { Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import { startMailFixture } from '../testing/mail-fixture.ts'

const { messaging, organization, send } = await startMailFixture()
const FILE = Buffer.alloc(21 * 1024 * 1024, 'all bytes count ')

const sendLarge = (to: string) =>
  send({ from: 'large@example.org', to, subject: 'large', messageId: '<large@x>', text: 'see file', attachments: [{ filename: '../план.pdf', content: FILE }] })

async function onlyMessage(agent: Agent) {
  const [conversation] = (await agent.get('/conversations')).body.items
  return (await agent.get(`/conversations/${conversation.id}/messages`)).body.items[0]
}

it('keeps a mail of 30 MB, source and attachment, byte for byte, in rows of at most 1 MiB', async () => {
  const { agent, address } = await organization('large')
  await sendLarge(address)

  const message = await onlyMessage(agent)
  expect(message.attachments).toMatchObject([{ fileName: 'план.pdf', sizeBytes: FILE.length }])
  const file = await agent.get(`/messages/${message.id}/attachments/${message.attachments[0].id}`)
  expect(file.raw.equals(FILE)).toBe(true)
  expect(file.headers['content-disposition']).toContain('attachment')
  const source = await agent.get(`/messages/${message.id}/source`)
  const [raw] = await messaging.database.asAdmin(
    `select encode(sha256, 'hex') as sha256, size_bytes, source from messaging.raw_message where message_id = '${message.id}'`,
  )
  expect(raw).toMatchObject({ sha256: createHash('sha256').update(source.raw).digest('hex'), size_bytes: source.raw.length, source: null })
  const [largest] = await messaging.database.asAdmin(
    'select max(octet_length(bytes)) as bytes, count(distinct part)::int as parts from messaging.message_chunk',
  )
  expect(largest?.['bytes']).toBeLessThanOrEqual(1024 * 1024)
  expect(largest?.['parts']).toBe(2)
})

it('the tables refuse a larger row, for those who forget', async () => {
  for (const statement of [
    "update messaging.raw_message set source = convert_to(repeat('x', 1048577), 'utf8')",
    "update messaging.attachment set content = convert_to(repeat('x', 1048577), 'utf8')",
    "update messaging.message_chunk set bytes = convert_to(repeat('x', 1048577), 'utf8')",
  ])
    await expect(messaging.database.asAdmin(statement)).rejects.toThrow(/check constraint/)
})

it('stores nothing of a large mail that fails in the middle, and the whole once it comes again', async () => {
  const { agent, address } = await organization('half')
  await messaging.database.asAdmin('alter table messaging.message_chunk add constraint not_the_fifth check (position <> 5) not valid')
  await expect(sendLarge(address)).rejects.toMatchObject({ responseCode: 451 })
  expect((await agent.get('/conversations?folder=all')).body.items).toEqual([])
  const { organizationId } = agent
  expect(await messaging.database.asAdmin(`select 1 from messaging.message_chunk where organization_id = '${organizationId}'`)).toEqual([])
  await messaging.database.asAdmin('alter table messaging.message_chunk drop constraint not_the_fifth')

  await sendLarge(address)
  expect(await messaging.emitted(messageReceived, organizationId)).toHaveLength(1)
})

it('reads what was kept in one row before there were chunks', async () => {
  const { agent, address } = await organization('before')
  await sendLarge(address)
  const message = await onlyMessage(agent)
  await messaging.database.asAdmin(`
    alter table messaging.attachment drop constraint attachment_content_is_small;
    update messaging.attachment set content = (select string_agg(bytes, '' order by position) from messaging.message_chunk where message_id = '${message.id}' and part = 1) where message_id = '${message.id}';
    delete from messaging.message_chunk where message_id = '${message.id}' and part = 1`)
  const file = await agent.get(`/messages/${message.id}/attachments/${message.attachments[0].id}`)
  expect(file.raw.equals(FILE)).toBe(true)
})
