import { memberRoleChanged, rightsRefreshed } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { eventually } from '@ai-crm/testing/eventually'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { Browser, newPerson } from '../testing/browser.ts'

const auth = await startService(service)

it('takes old rights away by itself, and lets the person go on with the new ones', async () => {
  const browser = new Browser(auth.app)
  const { accessToken, me } = (await browser.post('/auth/sign-up', newPerson())).body
  const [organizationId, userId] = [me.organization.id, me.user.id]
  expect(me.permissions).toContain('auth.role.manage')
  expect((await browser.get('/members', accessToken)).status).toBe(200)

  await auth.database.asAdmin(`update auth.membership set role = 'viewer' where organization_id = '${organizationId}'`)
  await auth.deliver(memberRoleChanged({ userId, from: 'owner', to: 'viewer' }), { organizationId })

  // At once, and not refused itself a moment later.
  const refreshed = (await browser.post('/auth/refresh')).body
  expect(refreshed.me.permissions).not.toContain('auth.role.manage')
  await eventually(async () => expect((await browser.get('/members', accessToken)).status).toBe(401))
  expect((await browser.get('/members', refreshed.accessToken)).status).toBe(200)
  expect(await auth.emitted(rightsRefreshed, organizationId)).toMatchObject([{ data: { subject: 'member', subjectId: userId } }])
})
