import { invitationAccepted, memberJoined, userCreated } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { describe, expect, it } from 'vitest'
import service from '../service.ts'
import { Browser } from '../testing/browser.ts'
import { invitationsAt, newAddress, newPerson } from '../testing/invitations.ts'
import { mailTo, tokenOf } from '../testing/mails.ts'
import { colleague, founder, type Person } from '../testing/team.ts'

const auth = await startService(service)
const { invite, accept, preview, invited, linked } = invitationsAt(auth)

it('brings a new person in: the mailed link proves the address, name and password make the account', async () => {
  const owner = await founder(auth, 'Hosts')
  const email = newAddress()
  const { token } = await invited(owner, email)
  const browser = new Browser(auth.app)
  expect((await preview(browser, token)).body).toMatchObject({ organizationName: 'Hosts', inviterName: 'Ada', role: 'member', email, needs: 'details' })
  expect(await accept(browser, token)).toMatchObject({ status: 422, body: { errors: [{ field: '/newPerson' }] } })
  const guessed = await accept(browser, token, { newPerson: { ...newPerson, password: 'password1' } })
  expect([guessed.status >= 400, guessed.body.errors[0].field]).toEqual([true, '/newPerson/password'])
  const { body } = await accept(browser, token, { newPerson })
  expect(body.signedIn.me).toMatchObject({ role: 'member', organization: { id: owner.organizationId }, user: { email, name: 'Grace' } })
  expect((await browser.post('/auth/refresh')).status).toBe(200)
  expect(await auth.emitted(userCreated, owner.organizationId)).toHaveLength(2)
  expect(await auth.emitted(memberJoined, owner.organizationId)).toMatchObject([{ data: { email, role: 'member' } }])
  // The security log says who came in, though nobody was known when the link was opened.
  const log = (await owner.browser.get('/security-log?kind=session.signed-in', owner.token)).body.items
  expect(log[0].actor).toEqual({ type: 'user', id: body.signedIn.me.user.id, name: 'Grace' })
})

it('lets a person with an account join by the mailed link, and asks them to sign in as always', async () => {
  const [owner, guest] = [await founder(auth), await founder(auth)]
  const { token } = await invited(owner, guest.email, 'admin')
  expect((await accept(new Browser(auth.app), token)).body).toEqual({ email: guest.email, signedIn: null })
  const { body } = await guest.browser.post('/auth/sign-in', { email: guest.email, password: guest.password })
  expect(body.me).toMatchObject({ role: 'admin', organization: { id: owner.organizationId } })
})

it('lets who is signed in join with one click and go on there; nobody else’s invitation', async () => {
  const [owner, guest, other] = [await founder(auth), await founder(auth), await founder(auth)]
  const { token } = await invited(owner, guest.email)
  expect(await accept(other.browser, token)).toMatchObject({ status: 403, body: { code: 'auth.invitation.other_address' } })
  expect((await accept(guest.browser, token)).body.signedIn.me.organization.id).toBe(owner.organizationId)
})

it('is for one: fifty who accept at once make one account and one membership', async () => {
  const owner = await founder(auth)
  const { token } = await invited(owner, newAddress())
  const answers = await Promise.all(Array.from({ length: 50 }, () => accept(new Browser(auth.app), token, { newPerson })))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 410]))
  expect(await auth.emitted(invitationAccepted, owner.organizationId)).toHaveLength(1)
})

it('makes one membership of a mail and a link that the same person accepts at once', async () => {
  for (let round = 0; round < 5; round++) {
    const [owner, guest] = [await founder(auth), await founder(auth)]
    const tokens = [(await invited(owner, guest.email)).token, (await linked(owner)).token]
    const browsers = tokens.map(() => new Browser(auth.app))
    await Promise.all(browsers.map((browser) => browser.post('/auth/sign-in', { email: guest.email, password: guest.password })))
    const answers = await Promise.all(browsers.map((browser, index) => accept(browser, tokens[index] ?? '')))
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(await auth.emitted(memberJoined, owner.organizationId)).toHaveLength(1)
  }
})

it('says of an invitation that is over why, and of an unknown one nothing', async () => {
  const owner = await founder(auth)
  const [revoked, expired, used] = [await invited(owner, newAddress()), await invited(owner, newAddress()), await invited(owner, newAddress())]
  await owner.browser.call('DELETE', `/invitations/${revoked.id}`, owner.token)
  await auth.database.asAdmin(`update auth.invitation set expires_at = now() - interval '1 second' where id = '${expired.id}'`)
  await accept(new Browser(auth.app), used.token, { newPerson })
  const why = async (token: string) => {
    const answers = [await preview(new Browser(auth.app), token), await accept(new Browser(auth.app), token, { newPerson })]
    expect(answers.map(({ status }) => status)).toEqual([410, 410])
    return answers[0]?.body.context.why
  }
  expect([await why(revoked.token), await why(expired.token), await why(used.token)]).toEqual(['revoked', 'expired', 'accepted'])
  expect((await preview(new Browser(auth.app), 'f'.repeat(64))).status).toBe(404)
})

it('renews the invitation of an address that is invited again, and stores no link', async () => {
  const owner = await founder(auth)
  const email = newAddress()
  const first = await invited(owner, email, 'viewer')
  const second = await invited(owner, email, 'admin')
  expect(second.id).toBe(first.id)
  expect((await preview(new Browser(auth.app), first.token)).status).toBe(404)
  expect((await preview(new Browser(auth.app), second.token)).body.role).toBe('admin')
  expect((await owner.browser.call('POST', `/invitations/${first.id}/resend`, owner.token)).status).toBe(200)
  expect((await preview(new Browser(auth.app), second.token)).status).toBe(404)
  const dump = JSON.stringify(
    await auth.database.asAdmin(`select (select jsonb_agg(t) from auth.invitation_token t)::text || (select jsonb_agg(e) from auth.event e)::text
      || (select jsonb_agg(k) from auth.idempotency_key k)::text as everything`),
  )
  expect(dump).not.toContain(second.token)
})

it('gives at most the inviter’s own role, to people who are not there yet', async () => {
  const owner = await founder(auth)
  const [admin, member] = [await colleague(auth, owner, 'admin'), await colleague(auth, owner, 'member')]
  expect((await invite(admin, newAddress(), 'owner')).status).toBe(403)
  expect((await invite(member, newAddress(), 'viewer')).status).toBe(403)
  expect((await member.browser.get('/invitations', member.token)).status).toBe(403)
  expect(await invite(admin, member.email)).toMatchObject({ status: 409, body: { code: 'auth.invitation.already_member' } })
})

it('answers for an invitation of another organisation as for none', async () => {
  const [ours, theirs] = [await founder(auth), await founder(auth)]
  const { id } = await invited(theirs, newAddress())
  for (const path of [`/invitations/${id}/resend`, `/invitations/${id}/link`]) expect((await ours.browser.call('POST', path, ours.token)).status).toBe(404)
  expect((await ours.browser.call('DELETE', `/invitations/${id}`, ours.token)).status).toBe(404)
  expect((await ours.browser.get('/invitations', ours.token)).body.items).toEqual([])
})

it('lets as many in by a link as it is for, of its domain only', async () => {
  const owner = await founder(auth)
  const { token } = await linked(owner, { domain: 'example.org', maxUses: 2 })
  const guests = [await founder(auth), await founder(auth), await founder(auth)]
  const answers = await Promise.all(guests.map(({ browser }) => accept(browser, token)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 410])
  const narrow = await linked(owner, { domain: 'elsewhere.test' })
  expect((await accept((await founder(auth)).browser, narrow.token)).status).toBe(403)
  expect((await accept(new Browser(auth.app), narrow.token, { newPerson })).status).toBe(401)
})

it('sends a stranger with a link an invitation to the address, and answers alike for every address', async () => {
  const owner = await founder(auth)
  const { token } = await linked(owner, { domain: 'guests.example.org', maxUses: 1 })
  const ask = (email: string) => new Browser(auth.app).post('/auth/invitations/ask', { token, email })
  const email = newAddress()
  const answers = [await ask(email), await ask(email), await ask('someone@elsewhere.test'), await ask(owner.email)]
  expect(answers.map(({ status, body }) => [status, body])).toEqual(answers.map(() => [202, undefined]))
  await expect(mailTo(auth, owner.organizationId, 'someone@elsewhere.test')).rejects.toThrow(/No mail/)
  const mailed = tokenOf((await mailTo(auth, owner.organizationId, email))['link'])
  expect((await accept(new Browser(auth.app), mailed, { newPerson })).status).toBe(200)
  expect((await preview(new Browser(auth.app), token)).body.context).toEqual({ why: 'accepted' })
})

it('keeps the room of who invites from strangers with a link, who get the same answer when there is none for them', async () => {
  const owner = await founder(auth)
  const { id, token } = await linked(owner, { maxUses: 500 })
  const many = (from: number, count: number, through: string) =>
    auth.database.asAdmin(`insert into auth.invitation (organization_id, kind, email, role, locale, invited_by, expires_at, through_link)
      select '${owner.organizationId}', 'email', 'many' || n || '@example.org', 'viewer', 'en', '${owner.userId}', now() + interval '1 day', ${through}
        from generate_series(${from}, ${from + count - 1}) n`)
  await many(1, 99, `'${id}'`)
  const ask = (email: string) => new Browser(auth.app).post('/auth/invitations/ask', { token, email })
  const [last, beyond] = [newAddress(), newAddress()]
  expect((await ask(last)).status).toBe(202)
  expect((await ask(beyond)).status).toBe(202)
  expect((await mailTo(auth, owner.organizationId, last))['link']).toBeTruthy()
  await expect(mailTo(auth, owner.organizationId, beyond)).rejects.toThrow(/No mail/)
  // The link itself is one of two hundred.
  await many(1_000, 198, 'null')
  expect((await invite(owner, newAddress())).status).toBe(201)
  expect(await invite(owner, newAddress())).toMatchObject({ status: 409, body: { code: 'auth.invitation.too_many' } })
})

describe('whoever is shut out has no way back that they made or know', () => {
  const remove = (owner: Person, who: Person) => owner.browser.call('POST', `/members/${who.userId}/remove`, owner.token, { handOverTo: null })
  const stateOf = async (owner: Person, id: string) =>
    (await owner.browser.get('/invitations', owner.token)).body.items.find((item: { id: string }) => item.id === id)?.state

  it.each([
    ['removed', remove],
    ['disabled', (owner: Person, who: Person) => owner.browser.call('POST', `/members/${who.userId}/disable`, owner.token)],
    ['gone by themselves', (_owner: Person, who: Person) => who.browser.call('POST', '/organization/leave', who.token, { handOverTo: null })],
    ['made a member', (owner: Person, who: Person) => owner.browser.call('PUT', `/members/${who.userId}/role`, owner.token, { role: 'member' })],
  ])('takes back what somebody has written who is %s', async (_how, shutOut) => {
    const owner = await founder(auth)
    const admin = await colleague(auth, owner, 'admin')
    const [mailed, link, another] = [await invited(admin, newAddress(), 'admin'), await linked(admin, { maxUses: 50 }), await linked(owner)]
    expect((await shutOut(owner, admin)).status).toBeLessThan(300)
    expect(await accept(new Browser(auth.app), mailed.token, { newPerson })).toMatchObject({ status: 410, body: { context: { why: 'revoked' } } })
    expect((await accept((await founder(auth)).browser, link.token)).status).toBe(410)
    expect([await stateOf(owner, mailed.id), await stateOf(owner, link.id), await stateOf(owner, another.id)]).toEqual(['revoked', 'revoked', 'open'])
    expect((await owner.browser.get('/security-log?kind=invitation.revoked', owner.token)).body.items).toHaveLength(2)
  })

  it('takes back what is above the role that its writer has now, and leaves the rest', async () => {
    const owner = await founder(auth)
    const admin = await colleague(auth, owner, 'admin')
    const [above, within] = [await invited(admin, newAddress(), 'admin'), await invited(admin, newAddress(), 'member')]
    await owner.browser.call('PUT', `/members/${admin.userId}/role`, owner.token, { role: 'manager' })
    expect([await stateOf(owner, above.id), await stateOf(owner, within.id)]).toEqual(['revoked', 'open'])
  })

  it('takes back what was written by a role that invites nobody any more', async () => {
    const owner = await founder(auth)
    const clerk = await colleague(auth, owner, 'admin')
    const { id } = await invited(clerk, newAddress(), 'viewer')
    const permissions = ['auth.member.read', 'auth.member.invite']
    const role = (await owner.browser.call('POST', '/roles', owner.token, { name: 'Door', base: 'manager', permissions })).body
    await owner.browser.call('PUT', `/members/${clerk.userId}/role`, owner.token, { role: 'manager', customRoleId: role.id })
    expect(await stateOf(owner, id)).toBe('open')
    await owner.browser.call('PATCH', `/roles/${role.id}`, owner.token, { permissions: ['auth.member.read'] }, 1)
    expect(await stateOf(owner, id)).toBe('revoked')
  })

  it('lets who was removed come back by a link for their address from after that, and by none from before', async () => {
    const [owner, guest] = [await founder(auth), await founder(auth)]
    const [used, before] = [await linked(owner, { email: guest.email }), await linked(owner, { email: guest.email })]
    expect((await accept(guest.browser, used.token)).status).toBe(200)
    expect((await remove(owner, guest)).status).toBe(204)
    const again = new Browser(auth.app)
    await again.post('/auth/sign-in', { email: guest.email, password: guest.password })
    expect((await accept(again, before.token)).body.context).toEqual({ why: 'revoked' })
    expect((await accept(again, (await linked(owner, { email: guest.email })).token)).status).toBe(200)
  })

  it('does not let who was removed come back by a link, whoever made it, nor by a mail from before; a new invitation does', async () => {
    const owner = await founder(auth)
    const { token } = await linked(owner, { maxUses: 50 })
    const guest = await founder(auth)
    const before = await invited(owner, guest.email)
    const { body } = await accept(guest.browser, token)
    expect(body.signedIn.me.role).toBe('viewer')
    expect((await remove(owner, guest)).status).toBe(204)

    const again = new Browser(auth.app)
    await again.post('/auth/sign-in', { email: guest.email, password: guest.password })
    expect(await accept(again, token)).toMatchObject({ status: 403, body: { code: 'auth.invitation.removed_before' } })
    expect((await accept(again, before.token)).status).toBe(410)
    await new Browser(auth.app).post('/auth/invitations/ask', { token, email: guest.email })
    const asked = tokenOf((await mailTo(auth, owner.organizationId, guest.email))['link'])
    expect((await accept(again, asked)).status).toBe(403)
    expect((await accept(again, (await invited(owner, guest.email)).token)).body.signedIn.me.organization.id).toBe(owner.organizationId)
  })
})
