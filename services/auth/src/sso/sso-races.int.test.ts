import { withAdmin } from '@ai-crm/testing/cluster'
import { eventually } from '@ai-crm/testing/eventually'
import { expect, it } from 'vitest'
import { Browser } from '../testing/browser.ts'
import { atProvider, finish, ssoOrganization, startSsoWorld } from '../testing/sso-fixture.ts'

const world = await startSsoWorld()
const { auth, oidc } = world

it('lets a sign-in and the end of its connection wait for each other in one order', async () => {
  const { owner, domain, connectionId } = await ssoOrganization(world)
  const email = atProvider(world, `ann@${domain}`)
  const browser = new Browser(auth.app)
  const { body } = await browser.post('/auth/sso/start', { email })
  const back = await oidc.logIn(body.authorizationUrl, email)
  const waitsFor = (locks: readonly string[]) =>
    eventually(async () => {
      const rows = await auth.database.asAdmin(
        `select wait_event from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' order by 1`,
      )
      expect(rows.map(({ wait_event: lock }) => lock)).toEqual(locks)
    })
  const { cluster, name } = auth.database
  const [signedIn, disabled] = await withAdmin(cluster, name, async (run) => {
    await run('begin')
    await run(`select from auth.sso_connection where id = '${connectionId}' for no key update`)
    const signingIn = finish(browser, back)
    await waitsFor(['transactionid'])
    const disabling = owner.browser.call('POST', `/sso/connections/${connectionId}/disable`, owner.token)
    // Not for the connection: each would hold what the other wants.
    await waitsFor(['advisory', 'transactionid'])
    await run('rollback')
    return Promise.all([signingIn, disabling])
  })
  expect([signedIn.status, disabled.status]).toEqual([200, 200])
  expect((await browser.post('/auth/refresh')).status).toBe(401)
})
