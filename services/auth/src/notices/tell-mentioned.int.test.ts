import { noteCreated, noteUpdated } from '@ai-crm/contracts'
import { startService, systemMailsTo } from '@ai-crm/testing'
import { v7 as uuidV7 } from 'uuid'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { colleague, founder, type Person } from '../testing/team.ts'

const auth = await startService(service)
const mailsTo = async ({ email }: Person) => (await systemMailsTo(auth, email)).filter(({ template }) => template === 'note-mention')

it('mails who is mentioned, once, without a word of the note, and neither the writer nor strangers', async () => {
  const [owner, stranger] = [await founder(auth, 'Notes & Co'), await founder(auth)]
  const [anna, bob] = [await colleague(auth, owner, 'member'), await colleague(auth, owner, 'member')]
  const contactId = uuidV7()
  const about = { noteId: uuidV7(), contactId, companyId: null, dealId: null }
  const by = { organizationId: owner.organizationId, actor: { type: 'user' as const, id: owner.userId } }
  const written = noteCreated({ ...about, body: 'A secret', mentions: [anna.userId, owner.userId, stranger.userId], authorId: owner.userId })
  const id = uuidV7()
  for (let time = 0; time < 2; time++) await auth.deliver(written, { ...by, id })
  const [mail, ...more] = await mailsTo(anna)
  expect(more).toEqual([])
  expect(mail?.parameters).toMatchObject({ organizationName: 'Notes & Co' })
  expect(mail?.parameters.link).toMatch(new RegExp(`/contacts/${contactId}$`))
  expect(JSON.stringify(mail)).not.toContain('secret')

  const mentions = { from: [anna.userId], to: [anna.userId, bob.userId] }
  await auth.deliver(noteUpdated({ ...about, changes: { mentions } }), { ...by, aggregateVersion: 2 })
  expect(await mailsTo(bob)).toHaveLength(1)
  for (const [person, count] of [
    [anna, 1],
    [owner, 0],
    [stranger, 0],
  ] as const)
    expect(await mailsTo(person)).toHaveLength(count)
})
