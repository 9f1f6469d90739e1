import { messageInfected } from '@ai-crm/contracts'
import type { Agent } from '@ai-crm/testing'
import { EICAR, startClamdServer } from '@ai-crm/testing/fakes/clamd-server'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { mailFiles } from '../content/mail-files.ts'
import { startMailFixture } from '../testing/mail-fixture.ts'

const clamd = await startClamdServer()
afterAll(() => clamd.close())
beforeEach(() => void (clamd.mood = 'well'))
const { messaging, organization, send, ctx } = await startMailFixture({ CLAMD_URL: clamd.url })
const { asAdmin } = messaging.database

let mails = 0
async function arrived(slug: string, ...files: readonly { filename: string; content: Buffer; cid?: string }[]) {
  const { agent, address } = await organization(slug)
  mails += 1
  await send({
    from: 'stranger@example.org',
    to: address,
    subject: 'See file',
    messageId: `<scan${mails}@x>`,
    html: '<p>See <img src="cid:logo"></p>',
    attachments: [...files],
  })
  return { agent, message: await messageOf(agent) }
}
async function messageOf(agent: Agent) {
  const [{ id }] = (await agent.get('/conversations')).body.items
  return (await agent.get(`/conversations/${id}/messages`)).body.items[0]
}
const fileOf = (agent: Agent, message: { id: string; attachments: { id: string }[] }, index: number) =>
  agent.get(`/messages/${message.id}/attachments/${message.attachments[index]?.id}`)

it('takes the mail, keeps what is infected in it, and gives out neither the file nor the mail that holds it', async () => {
  const { agent, message } = await arrived('infected', { filename: 'plan.txt', content: Buffer.from('harmless') }, { filename: 'virus.txt', content: EICAR })
  await messaging.settle()
  const { attachments, subject } = await messageOf(agent)
  expect(subject).toBe('See file')
  expect(attachments).toMatchObject([{ scan: { state: 'clean', finding: null } }, { scan: { state: 'infected', finding: 'Eicar-Test-Signature' } }])
  expect((await fileOf(agent, message, 0)).raw.toString()).toBe('harmless')
  const refused = { status: 403, body: { code: 'platform.file_infected' } }
  expect(await fileOf(agent, message, 1)).toMatchObject(refused)
  expect(await agent.get(`/messages/${message.id}/source`)).toMatchObject(refused)
  const archived: string[] = []
  for await (const { name } of mailFiles(ctx(agent.organizationId).db)) archived.push(name)
  expect(archived).toEqual([`attachment/${message.attachments[0].id}.txt`])
})

it('lets attachments wait while the scanner is away, the mail itself does not, and asks until it answers', async () => {
  clamd.mood = 'away'
  const { agent, message } = await arrived('waiting', { filename: 'plan.txt', content: Buffer.from('harmless') })
  const job = `name = 'messaging.scan-attachments' and payload ->> 'messageId' = '${message.id}'`
  await expect.poll(async () => (await asAdmin(`select attempts from messaging.job where ${job}`))[0]?.['attempts']).toBeGreaterThan(0)
  expect(message.attachments).toMatchObject([{ scan: { state: 'waiting' } }])
  for (const answer of [await fileOf(agent, message, 0), await agent.get(`/messages/${message.id}/source`)])
    expect(answer).toMatchObject({ status: 409, body: { code: 'platform.file_not_scanned' } })
  clamd.mood = 'well'
  await asAdmin(`update messaging.job set run_at = now() where ${job} and status = 'waiting'`)
  await expect.poll(async () => (await fileOf(agent, message, 0)).status, { timeout: 15_000 }).toBe(200)
  expect((await agent.get(`/messages/${message.id}/source`)).status).toBe(200)
})

it('shows no picture in a mail before it was found clean', async () => {
  const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c6300010000050001', 'hex')
  clamd.mood = 'away'
  const { agent, message } = await arrived('picture', { filename: 'logo.png', content: PNG, cid: 'logo' })
  const html = async () => (await agent.get(`/messages/${message.id}/html`)).body.html
  expect(await html()).not.toContain('data:image')
  clamd.mood = 'well'
  await asAdmin(`update messaging.job set run_at = now() where name = 'messaging.scan-attachments' and status = 'waiting'`)
  await expect.poll(html, { timeout: 15_000 }).toContain('data:image')
})

it('asks about attachments from before there was a scanner when somebody wants them', async () => {
  const { agent, message } = await arrived('older', { filename: 'virus.txt', content: EICAR })
  await messaging.settle()
  await asAdmin(`update messaging.attachment set scan_state = null, scan_finding = null where message_id = '${message.id}'`)
  expect((await fileOf(agent, message, 0)).status).toBe(409)
  await messaging.settle()
  expect((await fileOf(agent, message, 0)).status).toBe(403)
})

it('scans attachments again once the signatures have changed, and says what it finds then', async () => {
  const { agent, message } = await arrived(
    'renewed',
    { filename: 'plan.txt', content: Buffer.from('harmless') },
    { filename: 'new.txt', content: Buffer.from('unknown') },
  )
  await messaging.settle()
  expect((await fileOf(agent, message, 1)).status).toBe(200)
  clamd.signatures.set('New-Signature', Buffer.from('unknown'))
  clamd.database += 1
  await asAdmin(`update messaging.job set run_at = now() where name = 'messaging.renew-scans'`)
  await messaging.settle()
  clamd.signatures.delete('New-Signature')
  expect(await fileOf(agent, message, 1)).toMatchObject({ status: 403, body: { code: 'platform.file_infected' } })
  expect((await fileOf(agent, message, 0)).status).toBe(200)
  const attachmentId = message.attachments[1].id
  expect(await messaging.emitted(messageInfected, agent.organizationId)).toMatchObject([
    { data: { messageId: message.id, attachmentId, finding: 'New-Signature' } },
  ])
})
