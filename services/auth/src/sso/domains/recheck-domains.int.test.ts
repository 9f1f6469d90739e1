import { systemMailsTo } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import type { PublicCtx } from '../../ctx.ts'
import { Browser, newPerson } from '../../testing/browser.ts'
import { atProvider, enforce, signInBySso, ssoOrganization, startSsoWorld, type SsoOrganization } from '../../testing/sso-fixture.ts'
import { colleague } from '../../testing/team.ts'
import { recheckDomains } from './recheck-domains.ts'

const world = await startSsoWorld()
const { auth, dns } = world
/** Bound to the tables of this service where it was started; erased by the test service. */
const recheckAll = () => recheckDomains(auth.publicCtx() as PublicCtx)
const rows = (sql: string) => auth.database.asAdmin(sql)

/** As the scheduled job does it, when the domain's time has come. */
async function recheck({ domainId }: SsoOrganization): Promise<void> {
  await rows(`update auth.captured_domain set recheck_at = now() where domain_id = '${domainId}'`)
  await recheckAll()
}
const passDays = ({ domainId }: SsoOrganization, days: number) =>
  rows(`update auth.email_domain set proof_failing_since = proof_failing_since - interval '${days} days' where id = '${domainId}'`)
const domainOf = async ({ owner, domainId }: SsoOrganization) =>
  (await owner.browser.get('/sso/domains', owner.token)).body.items.find(({ id }: { id: string }) => id === domainId)
const recordOf = async (organization: SsoOrganization): Promise<{ name: string; value: string }> => (await domainOf(organization)).record
const isCaptured = async ({ domainId }: SsoOrganization) =>
  (await rows(`select 1 from auth.captured_domain where domain_id = '${domainId}' and lapsed_at is null`)).length === 1
const mailsTo = async (email: string) =>
  (await systemMailsTo(auth, email)).filter(({ template }) => template.startsWith('domain-')).map(({ template }) => template)

async function loseRecord(organization: SsoOrganization): Promise<void> {
  dns.setText((await recordOf(organization)).name)
  for (let look = 0; look < 5; look++) await recheck(organization)
}

it('looks again daily, and changes nothing while the record is there', async () => {
  const organization = await ssoOrganization(world)
  await recheck(organization)
  expect(await domainOf(organization)).toMatchObject({ verifiedAt: expect.any(String), lapsesAt: null, lapsedAt: null })
  const [row] = await rows(
    `select recheck_at > now() + interval '23 hours' as is_tomorrow from auth.captured_domain where domain_id = '${organization.domainId}'`,
  )
  expect(row).toEqual({ is_tomorrow: true })
  const before = dns.asked.length
  await recheckAll()
  expect(dns.asked.length).toBe(before)
})

it('warns owners and administrators once, keeps the domain for the grace, and forgets it all when the record is back', async () => {
  const organization = await ssoOrganization(world)
  const [admin, member] = [await colleague(auth, organization.owner, 'admin'), await colleague(auth, organization.owner, 'member')]
  const record = await recordOf(organization)
  await loseRecord(organization)
  expect(await isCaptured(organization)).toBe(true)
  const { lapsesAt } = await domainOf(organization)
  expect(Math.round((Date.parse(lapsesAt) - Date.now()) / 86_400_000)).toBe(7)
  for (const { email } of [organization.owner, admin]) expect(await mailsTo(email)).toEqual(['domain-failing'])
  expect(await mailsTo(member.email)).toEqual([])
  const { items } = (await organization.owner.browser.get('/security-log?kind=domain.failing', organization.owner.token)).body
  expect(items).toHaveLength(1)

  dns.setText(record.name, record.value)
  await recheck(organization)
  expect(await domainOf(organization)).toMatchObject({ lapsesAt: null, lapsedAt: null, verifiedAt: expect.any(String) })
})

it('takes an answer of the person who mended it at once', async () => {
  const organization = await ssoOrganization(world)
  const record = await recordOf(organization)
  await loseRecord(organization)
  const verify = () => organization.owner.browser.call('POST', `/sso/domains/${organization.domainId}/verify`, organization.owner.token)
  expect((await verify()).body).toMatchObject({ code: 'auth.domain.record_missing' })
  dns.setText(record.name, record.value)
  expect((await verify()).body).toMatchObject({ lapsesAt: null, verifiedAt: expect.any(String) })
})

it('takes nothing from a domain whose name servers do not answer, however long', async () => {
  const organization = await ssoOrganization(world)
  await loseRecord(organization)
  await passDays(organization, 30)
  dns.fail((await recordOf(organization)).name)
  await recheck(organization)
  expect(await isCaptured(organization)).toBe(true)
}, 60_000)

it('lets go of it after the grace: nobody is locked out, nobody new is captured, and proving it again brings all back', async () => {
  const organization = await ssoOrganization(world)
  const { owner, domain } = organization
  const record = await recordOf(organization)
  const email = atProvider(world, `ann@${domain}`)
  const browser = new Browser(auth.app)
  const { body } = await signInBySso(world, email, email, browser)
  // Somebody with a password, who may not use it while single sign-on is enforced.
  const { userId, password } = await colleague(auth, owner, 'member')
  const insider = { email: `bob@${domain}`, password }
  await rows(`update auth.user_account set email = '${insider.email}' where id = '${userId}'`)
  await rows(`delete from auth.membership where user_id = '${userId}' and organization_id <> '${owner.organizationId}'`)
  expect((await enforce(owner)).status).toBe(200)
  expect((await new Browser(auth.app).post('/auth/sign-in', insider)).body.code).toBe('auth.sso.required')

  await loseRecord(organization)
  await passDays(organization, 8)
  // A name server that answers late says nothing: it is asked again.
  await expect.poll(() => recheck(organization).then(() => isCaptured(organization))).toBe(false)
  expect(await domainOf(organization)).toMatchObject({ verifiedAt: null, lapsedAt: expect.any(String) })
  expect(await mailsTo(owner.email)).toEqual(['domain-failing', 'domain-lapsed'])
  // Whoever was in stays in, and comes in again by the provider that knows them; a password opens as well.
  expect((await browser.get('/auth/me', body.accessToken)).status).toBe(200)
  expect((await signInBySso(world, email)).body.me).toMatchObject({ organization: { id: owner.organizationId } })
  expect((await new Browser(auth.app).post('/auth/sign-in', { email, password: 'not theirs' })).body.code).toBe('auth.sign_in.refused')
  expect((await new Browser(auth.app).post('/auth/sign-in', insider)).body.me.user.email).toBe(insider.email)
  // Nobody new joins by it, and nobody is sent to it.
  const stranger = atProvider(world, `new@${domain}`)
  expect((await signInBySso(world, stranger)).body).toMatchObject({ code: 'auth.sso.domain_not_proven' })
  expect((await new Browser(auth.app).send('/auth/sign-up', newPerson({ email: stranger }))).status).toBe(202)

  // Proven again, it binds again as the policy says.
  dns.setText(record.name, record.value)
  await owner.browser.call('POST', `/sso/domains/${organization.domainId}/verify`, owner.token)
  expect(await domainOf(organization)).toMatchObject({ lapsedAt: null, verifiedAt: expect.any(String) })
  expect((await new Browser(auth.app).post('/auth/sign-in', insider)).body.code).toBe('auth.sso.required')
  expect((await signInBySso(world, email)).status).toBe(200)
})

it('leaves a domain alone that was removed or proven anew meanwhile, and lets another organisation prove what lapsed', async () => {
  const organization = await ssoOrganization(world)
  await loseRecord(organization)
  await passDays(organization, 8)
  await expect.poll(() => recheck(organization).then(() => isCaptured(organization))).toBe(false)
  const other = await ssoOrganization(world)
  const { body } = await other.owner.browser.call('POST', '/sso/domains', other.owner.token, { name: organization.domain })
  dns.setText(body.record.name, body.record.value)
  expect((await other.owner.browser.call('POST', `/sso/domains/${body.id}/verify`, other.owner.token)).status).toBe(200)
  // The old owner can do nothing about that without the record of their own.
  await recheckAll()
  expect((await domainOf(organization)).verifiedAt).toBeNull()
})
