import { taskReminded } from '@ai-crm/contracts'
import { startService, systemMailsTo } from '@ai-crm/testing'
import { v7 as uuidV7 } from 'uuid'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { colleague, founder, type Person } from '../testing/team.ts'

const auth = await startService(service)
const about = { contactId: null, companyId: null, dealId: null, dueAt: '2026-12-01T10:00:00.000Z' }
const reminded = (userId: string | null) => taskReminded({ reminderId: uuidV7(), taskId: uuidV7(), title: 'Call Ada', userId, ...about })
const remindersTo = async ({ email }: Person) => (await systemMailsTo(auth, email)).filter(({ template }) => template === 'task-reminder')

it('mails whoever is reminded, once, in their language, and nobody else', async () => {
  const owner = await founder(auth, 'Reminders & Co')
  const [member, other] = [await colleague(auth, owner, 'member'), await colleague(auth, owner, 'member')]
  await auth.database.asAdmin(`update auth.user_account set locale = 'ru' where id = '${member.userId}'`)
  const [event, id] = [reminded(member.userId), uuidV7()]
  for (let time = 0; time < 2; time++) await auth.deliver(event, { organizationId: owner.organizationId, id })
  const mails = await remindersTo(member)
  expect(mails).toMatchObject([{ locale: 'ru', parameters: { organizationName: 'Reminders & Co', title: 'Call Ada', dueAt: about.dueAt } }])
  expect(mails[0]?.parameters.link).toMatch(/\/tasks\?open=[0-9a-f-]{36}$/)
  for (const person of [owner, other]) expect(await remindersTo(person)).toEqual([])
})

it('mails nobody who left, was disabled, or belongs to another organisation', async () => {
  const [owner, stranger] = [await founder(auth), await founder(auth)]
  const [away, gone] = [await colleague(auth, owner, 'member'), await colleague(auth, owner, 'member')]
  await auth.database.asAdmin(`update auth.membership set disabled_at = now() where user_id = '${away.userId}'`)
  await auth.database.asAdmin(`delete from auth.membership where user_id = '${gone.userId}'`)
  for (const userId of [away.userId, gone.userId, stranger.userId, uuidV7(), null])
    await auth.deliver(reminded(userId), { organizationId: owner.organizationId })
  for (const person of [owner, away, gone, stranger]) expect(await remindersTo(person)).toEqual([])
})
