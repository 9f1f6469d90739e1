import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { Browser } from '../testing/browser.ts'
import { invitationsAt, newAddress } from '../testing/invitations.ts'
import { mailTo, tokenOf } from '../testing/mails.ts'
import { founder } from '../testing/team.ts'

const auth = await startService(service)
const { invite, preview, invited, linked } = invitationsAt(auth)

it('floods nobody’s mailbox, and says so to whoever invites: five mails an hour from an organisation, twenty from all', async () => {
  const owner = await founder(auth)
  const email = newAddress()
  const mails = async () => (await auth.database.asAdmin(`select from auth.event where type = 'system-mail.requested' and data ->> 'to' = '${email}'`)).length
  const { id } = await invited(owner, email)
  for (let sent = 1; sent < 4; sent++) expect((await invite(owner, email)).status).toBe(201)
  expect((await owner.browser.call('POST', `/invitations/${id}/resend`, owner.token)).status).toBe(200)
  const refused = { status: 429, body: { code: 'auth.invitation.too_many_mails' } }
  expect(await invite(owner, email)).toMatchObject(refused)
  expect(await owner.browser.call('POST', `/invitations/${id}/resend`, owner.token)).toMatchObject(refused)
  expect(await mails()).toBe(5)
  for (let others = 0; others < 3; others++) {
    const other = await founder(auth)
    for (let sent = 0; sent < 5; sent++) expect((await invite(other, email)).status).toBe(201)
  }
  const last = await founder(auth)
  const tooMany = await invite(last, email)
  expect(tooMany).toMatchObject(refused)
  expect(Number(tooMany.headers['retry-after'])).toBeGreaterThan(0)
  expect((await last.browser.get('/invitations', last.token)).body.items).toEqual([])
  expect(await mails()).toBe(20)
})

it('says the same of a full mailbox whether its owner has an account or not', async () => {
  const guest = await founder(auth)
  const answers = []
  for (const email of [guest.email, newAddress()]) {
    for (let others = 0; others < 4; others++) {
      const other = await founder(auth)
      for (let sent = 0; sent < 5; sent++) expect((await invite(other, email)).status).toBe(201)
    }
    const { status, body } = await invite(await founder(auth), email)
    answers.push([status, { ...body, requestId: '' }])
  }
  expect(answers[1]).toEqual(answers[0])
  expect(answers[0]?.[0]).toBe(429)
})

it('leaves the mailed link of an address as it is when no mail leaves that would bring the new one', async () => {
  const owner = await founder(auth)
  const link = await linked(owner)
  const email = newAddress()
  const ask = () => new Browser(auth.app).post('/auth/invitations/ask', { token: link.token, email })
  expect((await ask()).status).toBe(202)
  const mailed = tokenOf((await mailTo(auth, owner.organizationId, email))['link'])
  await auth.database.asAdmin(`update auth.account_budget set attempts = 20 where octet_length(lane) = 0`)
  await auth.database.asAdmin(`update auth.invitation set sent_at = sent_at - interval '2 minutes' where email = '${email}'`)
  expect((await ask()).status).toBe(202)
  expect((await preview(new Browser(auth.app), mailed)).status).toBe(200)
})
