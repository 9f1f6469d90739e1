import { webhookDisabled } from '@ai-crm/contracts'
import { startService, systemMailsTo } from '@ai-crm/testing'
import { v7 as uuidV7 } from 'uuid'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { colleague, founder, type Person } from '../testing/team.ts'

const auth = await startService(service)

const disabled = (given: Partial<Parameters<typeof webhookDisabled>[0]> = {}) =>
  webhookDisabled({ webhookId: uuidV7(), url: 'https://example.org/hook', reason: 'failing', failingSince: '2026-02-03T04:05:00.000Z', ...given })

const noticesTo = async ({ email }: Person) => (await systemMailsTo(auth, email)).filter(({ template }) => template === 'webhook-disabled')

it('tells who may manage webhooks, each in their language, and nobody else', async () => {
  const owner = await founder(auth, 'Hooks & Co')
  const [admin, manager, away, elsewhere] = [
    await colleague(auth, owner, 'admin'),
    await colleague(auth, owner, 'manager'),
    await colleague(auth, owner, 'admin'),
    await founder(auth),
  ]
  const developer = await colleague(auth, owner, 'viewer')
  const { body: role } = await owner.browser.call('POST', '/roles', owner.token, {
    name: 'Developer',
    base: 'viewer',
    permissions: ['webhook.subscription.read', 'webhook.subscription.manage'],
    fields: {},
  })
  await auth.database.asAdmin(
    `update auth.membership set custom_role_id = '${role.id}' where user_id = '${developer.userId}' and organization_id = '${owner.organizationId}'`,
  )
  await auth.database.asAdmin(`update auth.membership set disabled_at = now() where user_id = '${away.userId}' and organization_id = '${owner.organizationId}'`)
  await auth.database.asAdmin(`update auth.user_account set locale = 'ru' where id = '${admin.userId}'`)

  const webhookId = uuidV7()
  const id = uuidV7()
  const event = disabled({ webhookId, url: 'https://user:secret@example.org/hook?token=secret' })
  await auth.deliver(event, { organizationId: owner.organizationId, id })
  await auth.deliver(event, { organizationId: owner.organizationId, id })

  for (const [person, locale] of [
    [owner, 'en'],
    [admin, 'ru'],
    [developer, 'en'],
  ] as const) {
    const [notice, ...others] = await noticesTo(person)
    expect(others).toEqual([])
    expect(notice).toMatchObject({ locale, parameters: { organizationName: 'Hooks & Co', reason: 'failing', url: 'https://example.org/hook' } })
    expect(notice?.parameters.link).toMatch(new RegExp(`/settings/webhooks/${webhookId}$`))
  }
  for (const person of [manager, away, elsewhere]) expect(await noticesTo(person)).toEqual([])
})
