import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { Browser } from '../testing/browser.ts'
import { invitationsAt, newAddress, newPerson } from '../testing/invitations.ts'
import { mailTo, tokenOf } from '../testing/mails.ts'
import { founder } from '../testing/team.ts'

const auth = await startService(service)
const { accept, preview, linked } = invitationsAt(auth)

it('lets in by a link for an address whoever has proven to have it, and nobody else', async () => {
  const [owner, guest, other] = [await founder(auth), await founder(auth), await founder(auth)]
  const { id, token } = await linked(owner, { role: 'admin', email: guest.email, maxUses: 50 })
  expect((await owner.browser.get('/invitations', owner.token)).body.items).toMatchObject([{ id, kind: 'link', email: guest.email, maxUses: 1 }])
  expect((await owner.browser.call('POST', `/invitations/${id}/resend`, owner.token)).status).toBe(404)
  expect(await accept(other.browser, token)).toMatchObject({ status: 403, body: { code: 'auth.invitation.other_address' } })
  // The link alone proves nothing: neither that the account is theirs, nor whether there is one.
  const stranger = new Browser(auth.app)
  expect((await preview(stranger, token)).body).toMatchObject({ email: guest.email, needs: 'address' })
  for (const more of [{}, { newPerson }]) expect((await accept(stranger, token, more)).status).toBe(401)
  expect((await accept(guest.browser, token)).body.signedIn.me).toMatchObject({ role: 'admin', organization: { id: owner.organizationId } })
  expect((await accept(guest.browser, token)).status).toBe(410)
})

it('mails whoever has a link for an address at that address only', async () => {
  const owner = await founder(auth)
  const [email, elsewhere] = [newAddress(), newAddress()]
  const { token } = await linked(owner, { email })
  const ask = (address: string) => new Browser(auth.app).post('/auth/invitations/ask', { token, email: address })
  expect([(await ask(elsewhere)).status, (await ask(email)).status]).toEqual([202, 202])
  await expect(mailTo(auth, owner.organizationId, elsewhere)).rejects.toThrow(/No mail/)
  const mailed = tokenOf((await mailTo(auth, owner.organizationId, email))['link'])
  expect((await accept(new Browser(auth.app), mailed, { newPerson })).body.signedIn.me).toMatchObject({ role: 'viewer', user: { email } })
  expect((await preview(new Browser(auth.app), token)).body.context).toEqual({ why: 'accepted' })
})

it('makes no link for anybody that makes administrators, and none for a member or for an address and a domain', async () => {
  const owner = await founder(auth)
  const make = (body: object) =>
    owner.browser.call('POST', '/invitations/links', owner.token, { role: 'viewer', locale: 'en', maxUses: 2, domain: null, ...body })
  const refused = { status: 422, body: { code: 'auth.invitation.address_needed', errors: [{ field: '/email' }] } }
  for (const role of ['owner', 'admin']) {
    expect(await make({ role })).toMatchObject(refused)
    expect(await make({ role, domain: 'guests.example.org' })).toMatchObject(refused)
  }
  expect((await make({ role: 'manager' })).status).toBe(201)
  expect((await make({ email: owner.email })).body.code).toBe('auth.invitation.already_member')
  expect((await make({ email: newAddress(), domain: 'guests.example.org' })).status).toBe(400)
})
