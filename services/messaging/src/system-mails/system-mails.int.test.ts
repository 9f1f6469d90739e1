import { SYSTEM_MAIL_KEY, systemMailBinding, systemMailRequested, type SystemMailParameters, type SystemMailTemplate } from '@ai-crm/contracts'
import { purgeOldRows, seal } from '@ai-crm/platform'
import { startFakeMailWorld } from '@ai-crm/testing/fakes/mail-world'
import { simpleParser } from 'mailparser'
import { afterAll, expect, it } from 'vitest'
import { startMailFixture, type MailFixture } from '../testing/mail-fixture.ts'
import { attemptSystemMail } from './attempt-system-mail.ts'
import { SYSTEM_MAIL_RETENTION } from './retention.ts'

const world = await startFakeMailWorld()
afterAll(() => world.stop())
const relayed = await startMailFixture({ SMTP_RELAY_URL: world.url, SEND_TIMEOUT_MS: '2000' })
const local = await startMailFixture()

const soon = () => new Date(Date.now() + 60_000).toISOString()
const reset: SystemMailParameters['reset-password'] = { name: 'Ада <b>', link: 'https://crm.example/reset#cnry-0123456789', expiresAt: soon() }

/** As auth asks for it. */
async function request<Template extends SystemMailTemplate>(
  fixture: MailFixture,
  organizationId: string,
  template: Template,
  parameters: SystemMailParameters[Template],
  { locale = 'ru', expiresAt = soon(), to = `${crypto.randomUUID()}@example.org` }: { locale?: 'ru' | 'en'; expiresAt?: string; to?: string } = {},
) {
  const { messaging } = fixture
  const mailId = crypto.randomUUID()
  const key = messaging.ctx(organizationId).deriveKey(SYSTEM_MAIL_KEY)
  const sealedParameters = seal(key, systemMailBinding(organizationId, mailId), JSON.stringify(parameters)).toString('base64')
  await messaging.deliver(systemMailRequested({ mailId, to, template, locale, sealedParameters, expiresAt }), { organizationId })
  await messaging.settle()
  const mails = () => world.mails.filter((mail) => mail.to[0] === to)
  const [row] = await rowsOf(fixture, mailId)
  return { mailId, mails, row }
}

const rowsOf = ({ messaging }: MailFixture, mailId: string) => messaging.database.asAdmin(`select * from messaging.system_mail where id = '${mailId}'`)
const makeDue = ({ messaging }: MailFixture, mailId: string) =>
  messaging.database.asAdmin(`update messaging.job set run_at = now() where payload ->> 'mailId' = '${mailId}'`)

it('sends text and HTML in the language of the reader, marked as automatic, and forgets the secrets', async () => {
  const { mails, row } = await request(relayed, crypto.randomUUID(), 'reset-password', reset)
  expect(row).toMatchObject({ state: 'sent', sealed_parameters: null, attempts: 1 })
  const mail = await simpleParser(mails()[0]?.source ?? '')
  expect(mail.subject).toBe('Новый пароль')
  expect(mail.text).toContain(reset.link)
  expect(mail.html).toContain(`href="${reset.link}"`)
  expect(mail.html).toContain('Ада &lt;b&gt;')
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
  expect(mail.from?.value).toMatchObject([{ address: 'no-reply@crm.localhost', name: 'AI CRM' }])
})

it('keeps the link out of the table while it waits', async () => {
  world.failNext('defer-recipient')
  const { row } = await request(relayed, crypto.randomUUID(), 'reset-password', reset)
  expect(row).toMatchObject({ state: 'queued', attempts: 1, reason: expect.stringContaining('Greylisted') })
  expect(JSON.stringify(row)).not.toContain('cnry-')
  expect(String(row?.['sealed_parameters'])).not.toContain('cnry-')
})

it('tries again after a lost answer, with the same Message-ID: at least once', async () => {
  world.failNext('drop-after-dot')
  const { mailId, mails } = await request(relayed, crypto.randomUUID(), 'reset-password', reset)
  await makeDue(relayed, mailId)
  await relayed.messaging.settle()
  expect(mails()).toHaveLength(2)
  expect(new Set(mails().map(({ messageId }) => messageId)).size).toBe(1)
  expect(await rowsOf(relayed, mailId)).toMatchObject([{ state: 'sent', attempts: 2 }])
})

it('gives up on a refused recipient at once, on others after ten attempts', async () => {
  world.failNext('refuse-recipient')
  expect((await request(relayed, crypto.randomUUID(), 'reset-password', reset)).row).toMatchObject({ state: 'failed', attempts: 1, sealed_parameters: null })

  world.failNext('defer-recipient')
  const { mailId } = await request(relayed, crypto.randomUUID(), 'reset-password', reset)
  await relayed.messaging.database.asAdmin(`update messaging.system_mail set attempts = 9 where id = '${mailId}'`)
  world.failNext('defer-recipient')
  await makeDue(relayed, mailId)
  await relayed.messaging.settle()
  expect(await rowsOf(relayed, mailId)).toMatchObject([{ state: 'failed', attempts: 10, sealed_parameters: null }])
})

it('does not send what is over', async () => {
  const { mails, row } = await request(relayed, crypto.randomUUID(), 'reset-password', reset, { expiresAt: new Date(Date.now() - 1).toISOString() })
  expect(row).toMatchObject({ state: 'expired', sealed_parameters: null })
  expect(mails()).toEqual([])
})

it('sends a request that is delivered twice once, and a settled one never again', async () => {
  const organizationId = crypto.randomUUID()
  const { mailId, mails } = await request(relayed, organizationId, 'reset-password', reset)
  await attemptSystemMail(relayed.ctx(organizationId), { mailId })
  expect(mails()).toHaveLength(1)
})

it('opens nothing that was sealed for another organisation', async () => {
  const mailId = crypto.randomUUID()
  const [theirs, ours] = [crypto.randomUUID(), crypto.randomUUID()]
  const sealed = seal(relayed.messaging.ctx(theirs).deriveKey(SYSTEM_MAIL_KEY), systemMailBinding(theirs, mailId), JSON.stringify(reset))
  await relayed.messaging.database.asAdmin(`insert into messaging.system_mail (organization_id, id, to_address, template, locale, sealed_parameters, expires_at)
    values ('${ours}', '${mailId}', 'a@example.org', 'reset-password', 'en', '\\x${sealed.toString('hex')}', now() + interval '1 hour')`)
  await expect(attemptSystemMail(relayed.ctx(ours), { mailId })).rejects.toThrow()
})

it('without a relay shows notices in the local mailbox, and secrets to nobody there', async () => {
  const { agent } = await local.organization('kept')
  await request(local, agent.organizationId, 'reset-password', reset, { locale: 'en' })
  const changed = { name: 'Ada', at: soon(), device: 'Firefox on Linux', link: 'https://crm.example/forgot-password' }
  await request(local, agent.organizationId, 'password-changed', changed, { locale: 'en' })
  const { items } = (await agent.get('/local-mailbox')).body
  expect(items).toMatchObject([
    { subject: 'Your password was changed', text: expect.stringContaining(changed.link) },
    { subject: 'Choose a new password', text: expect.stringContaining('in the log of the server') },
  ])
  expect(JSON.stringify(await local.messaging.database.asAdmin('select * from messaging.local_mail'))).not.toContain('cnry-')
})

it('says to everybody whether mails leave', async () => {
  const ask = async ({ messaging }: MailFixture) => (await messaging.app.inject({ url: '/api/v1/system-mails/transport' })).json()
  expect(await ask(relayed)).toEqual({ transport: 'relay' })
  expect(await ask(local)).toEqual({ transport: 'console' })
})

it('lists the mails of the own organisation to whoever manages channels, without what was in them', async () => {
  const agent = await relayed.messaging.signIn()
  const { mailId } = await request(relayed, agent.organizationId, 'reset-password', reset, { to: 'ada@example.org' })
  const { body } = await agent.get('/system-mails')
  expect(body.items).toMatchObject([{ id: mailId, to: 'ada@example.org', template: 'reset-password', state: 'sent', attempts: 1 }])
  expect(JSON.stringify(body)).not.toContain('cnry-')
  expect((await (await relayed.messaging.signIn()).get('/system-mails')).body.items).toEqual([])
  const viewer = await relayed.messaging.signIn({ role: 'viewer', organizationId: agent.organizationId })
  expect((await viewer.get('/system-mails')).status).toBe(403)
})

it('forgets mails of all organisations after 90 days, by the role of the sweep', async () => {
  const [old, young] = [
    await request(relayed, crypto.randomUUID(), 'reset-password', reset),
    await request(relayed, crypto.randomUUID(), 'reset-password', reset),
  ]
  const { database } = relayed.messaging
  const age = (mailId: string, days: number) =>
    database.asAdmin(`update messaging.system_mail set created_at = now() - interval '${days} days' where id = '${mailId}'`)
  await age(old.mailId, 91)
  await age(young.mailId, 89)
  const relay = await database.open('messaging', 'relay')
  const execute = async (text: string, values: readonly unknown[]) => (await relay.batch(null, [{ text, values }]))[0]?.rowCount ?? 0
  expect(await purgeOldRows({ execute }, SYSTEM_MAIL_RETENTION)).toBe(1)
  expect([await rowsOf(relayed, old.mailId), await rowsOf(relayed, young.mailId)]).toMatchObject([[], [{ id: young.mailId }]])
})

it.each([
  { locale: 'en', subject: 'A webhook of Ада & Co was switched off', says: 'failed for three days', until: 'Failing since' },
  { locale: 'ru', subject: 'Вебхук организации «Ада & Co» отключён', says: 'за три дня', until: 'Сбои начались' },
] as const)('tells of a webhook that was switched off, in text and HTML: $locale', async ({ locale, subject, says, until }) => {
  const link = 'https://crm.example/settings/webhooks/0190aaaa'
  const notice = { name: 'Ада', organizationName: 'Ада & Co', url: 'https://example.org/<hook>', reason: 'failing', failingSince: soon(), link } as const
  const { mails, row } = await request(relayed, crypto.randomUUID(), 'webhook-disabled', notice, { locale })
  expect(row).toMatchObject({ state: 'sent' })
  const mail = await simpleParser(mails()[0]?.source ?? '')
  expect(mail.subject).toBe(subject)
  for (const part of [says, until, notice.url, link]) expect(mail.text).toContain(part)
  for (const part of [says, until, 'https://example.org/&lt;hook&gt;', `href="${link}"`]) expect(mail.html).toContain(part)
})
