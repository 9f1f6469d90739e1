import { webhookCreated, webhookUpdated } from '@ai-crm/contracts'
import { startService, systemMailsTo } from '@ai-crm/testing'
import { v7 as uuidV7 } from 'uuid'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { colleague, founder, type Person } from '../testing/team.ts'

const auth = await startService(service)

const noticesTo = async ({ email }: Person) => (await systemMailsTo(auth, email)).filter(({ template }) => template === 'access-opened')

async function team() {
  const owner = await founder(auth, 'Doors & Co')
  const [second, maker, other] = [await colleague(auth, owner, 'owner'), await colleague(auth, owner, 'admin'), await colleague(auth, owner, 'admin')]
  await auth.database.asAdmin(`update auth.user_account set locale = 'ru' where id = '${second.userId}'`)
  await auth.database.asAdmin(`update auth.user_account set name = 'Mary' where id = '${maker.userId}'`)
  return { owner, second, maker, other }
}

const makeKey = ({ browser, token }: Person) => browser.call('POST', '/api-keys', token, { name: 'Shop', permissions: ['crm.contact.read'] })

it('tells every owner of a new API key, and whoever made it, each in their language, and nobody else', async () => {
  const { owner, second, maker, other } = await team()
  expect((await makeKey(maker)).status).toBe(201)
  for (const [person, locale] of [
    [owner, 'en'],
    [second, 'ru'],
    [maker, 'en'],
  ] as const) {
    const [notice, ...more] = await noticesTo(person)
    expect(more).toEqual([])
    expect(notice).toMatchObject({ locale, parameters: { kind: 'api-key', what: 'Shop', doneBy: 'Mary', organizationName: 'Doors & Co' } })
    expect(notice?.parameters.link).toMatch(/\/settings\/api-keys$/)
  }
  expect(await noticesTo(other)).toEqual([])
  expect((await makeKey(owner)).status).toBe(201)
  expect(await noticesTo(owner)).toHaveLength(2)
})

it('tells the same people of a new webhook and of one that leads elsewhere, without what an address may hide, and of no other change', async () => {
  const { owner, maker, other } = await team()
  const webhookId = uuidV7()
  const from = { organizationId: owner.organizationId, actor: { type: 'user', id: maker.userId } } as const
  await auth.deliver(
    webhookCreated({ webhookId, url: 'https://user:secret@example.org/hook?token=secret', description: '', eventTypes: ['contact.created'], isEnabled: true }),
    from,
  )
  await auth.deliver(webhookUpdated({ webhookId, changes: { description: { from: '', to: 'Ours' } } }), from)
  await auth.deliver(webhookUpdated({ webhookId, changes: { url: { from: 'https://example.org/hook', to: 'https://example.net/hook?token=secret' } } }), from)
  for (const person of [owner, maker]) {
    const notices = await noticesTo(person)
    expect(notices.map(({ parameters }) => parameters)).toMatchObject([
      { kind: 'webhook', what: 'https://example.org/hook', doneBy: 'Mary' },
      { kind: 'webhook-address', what: 'https://example.net/hook', doneBy: 'Mary' },
    ])
    expect(notices[0]?.parameters.link).toMatch(new RegExp(`/settings/webhooks/${webhookId}$`))
  }
  expect(await noticesTo(other)).toEqual([])
})

it('names the key where a program has made a webhook', async () => {
  const { owner } = await team()
  const { body } = await makeKey(owner)
  await auth.deliver(
    webhookCreated({ webhookId: uuidV7(), url: 'https://example.org/hook', description: '', eventTypes: ['contact.created'], isEnabled: true }),
    {
      organizationId: owner.organizationId,
      actor: { type: 'api-key', id: body.key.id },
    },
  )
  expect((await noticesTo(owner)).at(-1)?.parameters).toMatchObject({ kind: 'webhook', doneBy: 'Shop' })
})

it('fills no mailbox, however often a program lets a webhook lead elsewhere', async () => {
  const { owner } = await team()
  const webhookId = uuidV7()
  for (let nth = 0; nth < 25; nth += 1) {
    const [from, to] = [nth, nth + 1].map((at) => `https://example.org/${at}`)
    await auth.deliver(webhookUpdated({ webhookId, changes: { url: { from: String(from), to: String(to) } } }), {
      organizationId: owner.organizationId,
      actor: { type: 'api-key', id: uuidV7() },
    })
  }
  expect(await noticesTo(owner)).toHaveLength(20)
})
