import {
  contactCreated,
  contactDeleted,
  contactRestored,
  contactUpdated,
  conversationLinked,
  conversationUpdated,
  memberJoined,
  memberRemoved,
  organizationCreated,
} from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { startMailFixture } from '../testing/mail-fixture.ts'
import { wakeSnoozed } from './wake-snoozed.ts'

const { messaging, ctx, organization, sendRaw } = await startMailFixture()

async function inboxOf(slug: string, ...senders: string[]) {
  const { agent, address } = await organization(slug)
  const write = (sender: string, name: string, head = '') =>
    sendRaw(address, `From: ${sender}@example.org\r\nMessage-ID: <${name}@${slug}>\r\nSubject: about ${sender}\r\n${head}\r\n${name}\r\n`)
  for (const sender of senders) await write(sender, sender)
  const list = async (query = '') => (await agent.get(`/conversations${query}`)).body
  return { agent, write, list, only: async () => (await list('?folder=all')).items[0] }
}

it('pages through a folder in the order of the newest message, and searches it', async () => {
  const { list } = await inboxOf('pages', 'ann', 'bob', 'cid')
  const first = await list('?limit=2')
  const second = await list(`?limit=2&cursor=${first.nextCursor}`)
  const subjects = [...first.items, ...second.items].map(({ subject }: { subject: string }) => subject)
  expect(subjects).toEqual(['about cid', 'about bob', 'about ann'])
  expect(second.nextCursor).toBeNull()
  expect((await list('?search=BOB@')).items).toMatchObject([{ subject: 'about bob' }])
  expect((await list(`?search=${encodeURIComponent('ищи"')}`)).items, 'typed in the Russian layout').toMatchObject([{ subject: 'about bob' }])
})

it('assigns, snoozes and closes with If-Match, sorts into folders and counts them', async () => {
  const { agent, list, only } = await inboxOf('folders', 'ann')
  const { id, version } = await only()
  const path = `/conversations/${id}`
  expect((await agent.patch(path, { assigneeId: agent.userId }, { version })).body).toMatchObject({ assigneeId: agent.userId, version: version + 1 })
  expect((await agent.patch(path, { status: 'closed' }, { version })).status).toBe(409)
  expect((await list('?folder=mine')).items).toHaveLength(1)
  expect((await agent.patch(path, { status: 'snoozed' }, { version: version + 1 })).status).toBe(400)
  await agent.patch(path, { snoozedUntil: new Date(Date.now() + 60_000).toISOString() }, { version: version + 1 })
  expect((await agent.get('/conversations/counts')).body).toEqual({ open: 0, mine: 0, unassigned: 0, snoozed: 1, closed: 0, unread: 0 })
  expect(await messaging.emitted(conversationUpdated, agent.organizationId)).toHaveLength(2)
})

it('wakes a snoozed conversation when its time comes, and when the customer writes', async () => {
  const { agent, write, only } = await inboxOf('snooze', 'ann')
  const { id, version } = await only()
  const snooze = (at: number) => agent.patch(`/conversations/${id}`, { snoozedUntil: new Date(Date.now() + 60_000).toISOString() }, { version: at })
  await snooze(version)
  await wakeSnoozed(ctx(agent.organizationId), { conversationId: id })
  expect((await only()).status).toBe('snoozed')
  await messaging.database.asAdmin(`update messaging.conversation set snoozed_until = now() where id = '${id}'`)
  await wakeSnoozed(ctx(agent.organizationId), { conversationId: id })
  expect(await only()).toMatchObject({ status: 'open', snoozedUntil: null })

  await snooze(version + 2)
  await write('ann', 'notice', 'In-Reply-To: <ann@snooze>\r\nAuto-Submitted: auto-replied\r\n')
  expect((await only()).status).toBe('snoozed')
  await write('ann', 'again', 'In-Reply-To: <ann@snooze>\r\n')
  expect(await only()).toMatchObject({ status: 'open', messageCount: 3 })
})

it('remembers for each person what they have seen', async () => {
  const { agent, write, only } = await inboxOf('unread', 'ann')
  const { id } = await only()
  const colleague = await messaging.signIn({ organizationId: agent.organizationId })
  expect((await agent.put(`/conversations/${id}/read`, { isRead: true })).status).toBe(204)
  expect((await only()).isUnread).toBe(false)
  expect((await colleague.get(`/conversations/${id}`)).body.isUnread).toBe(true)
  await write('ann', 'more', 'In-Reply-To: <ann@unread>\r\n')
  expect((await only()).isUnread).toBe(true)
  await agent.put(`/conversations/${id}/read`, { isRead: true })
  await agent.put(`/conversations/${id}/read`, { isRead: false })
  expect((await only()).isUnread).toBe(true)
})

it('links a contact with the conversations of its address, before and after, and lets go of a deleted one', async () => {
  const { agent, write, list } = await inboxOf('contacts', 'ann', 'bob')
  const { organizationId } = agent
  const contactId = crypto.randomUUID()
  const fields = { name: 'Ann', phone: null, company: null, position: null, note: null, source: 'message' as const }
  await messaging.deliver(contactCreated({ contactId, email: 'Ann@Example.org', ...fields }), { organizationId })
  await write('ann', 'second subject')
  expect((await list(`?contactId=${contactId}`)).items).toHaveLength(2)
  expect(await messaging.emitted(conversationLinked, organizationId)).toHaveLength(1)
  await messaging.deliver(contactDeleted({ contactId }), { organizationId, aggregateVersion: 2 })
  expect((await list(`?contactId=${contactId}`)).items).toHaveLength(0)
})

it('links the conversations of every address of a contact, and those to come, until the address is of nobody', async () => {
  const { agent, write, list } = await inboxOf('addresses', 'ann', 'annie', 'bob')
  const { organizationId } = agent
  const [contactId, place] = [crypto.randomUUID(), { organizationId }]
  const email = (address: string) => ({ address, label: null })
  const emails = [email('Ann@example.org'), email('Annie@Example.org')]
  const fields = { name: 'Ann', email: 'ann@example.org', emails, phone: null, company: null, position: null, note: null, source: 'manual' as const }
  await messaging.deliver(contactCreated({ contactId, ...fields }), place)
  await write('annie', 'second')
  const linked = async () =>
    (await list(`?folder=all&contactId=${contactId}`)).items.map(({ party }: { party: { address: string } }) => party.address).toSorted()
  expect(await linked()).toEqual(['ann@example.org', 'annie@example.org', 'annie@example.org'])
  const changes = { emails: { from: emails, to: [email('Annie@Example.org'), email('bob@example.org')] } }
  await messaging.deliver(contactUpdated({ contactId, changes: { ...changes, email: { from: 'ann@example.org', to: 'annie@example.org' } } }), {
    ...place,
    aggregateVersion: 2,
  })
  await write('bob', 'third')
  await write('ann', 'fourth')
  expect(await linked()).toEqual(['ann@example.org', 'annie@example.org', 'annie@example.org', 'bob@example.org', 'bob@example.org'])
})

it('moves conversations with a merge of contacts, and back what is theirs, also what was said meanwhile', async () => {
  const { agent, write, list } = await inboxOf('merged', 'ann', 'annie')
  const { organizationId } = agent
  const [ann, annie] = [crypto.randomUUID(), crypto.randomUUID()]
  const fields = { name: 'Ann', phone: null, company: null, position: null, note: null, source: 'manual' as const }
  const emails = (...addresses: string[]) => addresses.map((address) => ({ address, label: null }))
  const [own, other] = [emails('ann@example.org'), emails('annie@example.org')]
  await messaging.deliver(contactCreated({ contactId: ann, email: 'ann@example.org', emails: own, ...fields }), { organizationId })
  await messaging.deliver(contactCreated({ contactId: annie, email: 'annie@example.org', emails: other, ...fields }), { organizationId })
  const of = async (contactId: string) =>
    (await list(`?folder=all&contactId=${contactId}`)).items.map(({ party }: { party: { address: string } }) => party.address).toSorted()

  await messaging.deliver(contactDeleted({ contactId: annie, mergedInto: ann }), { organizationId, aggregateVersion: 2 })
  await messaging.deliver(contactUpdated({ contactId: ann, changes: { emails: { from: own, to: [...own, ...other] } } }), {
    organizationId,
    aggregateVersion: 2,
  })
  await messaging.settle()
  await write('annie', 'a new subject')
  expect(await of(ann)).toEqual(['ann@example.org', 'annie@example.org', 'annie@example.org'])
  expect(await of(annie)).toEqual([])

  const { source: _source, ...whole } = { ...fields, email: 'annie@example.org', emails: other }
  await messaging.deliver(contactUpdated({ contactId: ann, changes: { emails: { from: [...own, ...other], to: own } } }), {
    organizationId,
    aggregateVersion: 3,
  })
  await messaging.deliver(contactRestored({ contactId: annie, separatedFrom: ann, ...whole }), { organizationId, aggregateVersion: 3 })
  await messaging.settle()
  expect(await of(ann)).toEqual(['ann@example.org'])
  expect(await of(annie)).toEqual(['annie@example.org', 'annie@example.org'])
  const told = (await messaging.emitted(conversationLinked, organizationId)).map(({ data }) => data.contactId)
  expect(told.filter((id) => id === ann).length).toBeGreaterThan(1)
  expect(told.slice(-2)).toEqual([annie, annie])
})

it('brings conversations to whoever has the contact by now, in whatever order merges are heard of, with mail that comes meanwhile', async () => {
  const { agent, write, list } = await inboxOf('merged-twice', 'ann')
  const { organizationId } = agent
  const [first, second, third] = ['a', 'b', 'c'].map(() => crypto.randomUUID()) as [string, string, string]
  const emails = [{ address: 'ann@example.org', label: null }]
  const fields = { name: 'Ann', email: 'ann@example.org', emails, phone: null, company: null, position: null, note: null }
  await messaging.deliver(contactCreated({ contactId: first, ...fields, source: 'manual' }), { organizationId })
  for (const contactId of [second, third])
    await messaging.deliver(contactCreated({ contactId, ...fields, email: null, emails: [], source: 'manual' }), { organizationId })
  const of = async (contactId: string) => (await list(`?folder=all&contactId=${contactId}`)).items.length

  // The first went into the second, that into the third; the later merge is heard of before the earlier one.
  await messaging.deliver(contactDeleted({ contactId: second, mergedInto: third }), { organizationId, aggregateVersion: 2 })
  await messaging.settle()
  await messaging.deliver(contactDeleted({ contactId: first, mergedInto: second }), { organizationId, aggregateVersion: 2 })
  // Nobody has the address until the survivor's is heard of.
  await write('ann', 'between')
  await messaging.deliver(contactUpdated({ contactId: third, changes: { emails: { from: [], to: emails } } }), { organizationId, aggregateVersion: 2 })
  await messaging.settle()
  expect(await Promise.all([first, second, third].map(of))).toEqual([0, 0, 2])

  // Undone from the end: the middle one has it again, then the first.
  await messaging.deliver(contactUpdated({ contactId: third, changes: { emails: { from: emails, to: [] } } }), { organizationId, aggregateVersion: 3 })
  await messaging.deliver(contactRestored({ contactId: second, separatedFrom: third, ...fields }), { organizationId, aggregateVersion: 3 })
  await messaging.settle()
  expect(await Promise.all([first, second, third].map(of))).toEqual([0, 2, 0])
  await messaging.deliver(contactUpdated({ contactId: second, changes: { emails: { from: emails, to: [] } } }), { organizationId, aggregateVersion: 4 })
  await messaging.deliver(contactRestored({ contactId: first, separatedFrom: second, ...fields }), { organizationId, aggregateVersion: 3 })
  await messaging.settle()
  expect(await Promise.all([first, second, third].map(of))).toEqual([2, 0, 0])
})

it('hands the conversations of somebody who left to the colleague that was named, each with its event', async () => {
  const { agent, list } = await inboxOf('handover', 'ann', 'bob')
  for (const { id, version } of (await list('?folder=all')).items) await agent.patch(`/conversations/${id}`, { assigneeId: agent.userId }, { version })
  const [{ organizationId, userId }, handedOverTo] = [agent, crypto.randomUUID()]
  await messaging.deliver(memberRemoved({ userId, reason: 'left', handedOverTo }), { organizationId })
  await messaging.settle()
  expect((await list('?folder=all')).items.map(({ assigneeId }: { assigneeId: string }) => assigneeId)).toEqual([handedOverTo, handedOverTo])
  const moved = (await messaging.emitted(conversationUpdated, organizationId)).filter(({ data }) => data.changes.assigneeId?.to === handedOverTo)
  expect(moved).toHaveLength(2)
})

it('is given to members of the organisation only', async () => {
  const { agent, only } = await inboxOf('roll', 'ann')
  const { organizationId } = agent
  const { id, version } = await only()
  const give = (assigneeId: string) => agent.patch(`/conversations/${id}`, { assigneeId }, { version })
  await messaging.deliver(organizationCreated({ organizationId, name: 'Roll', slug: `roll-${organizationId}`, locale: 'en' }), { organizationId })
  const mate = crypto.randomUUID()
  const refused = { status: 422, body: { code: 'platform.not_a_member', errors: [{ field: '/assigneeId' }] } }
  expect(await give(mate)).toMatchObject(refused)
  const joined = memberJoined({ userId: mate, name: 'Mate', email: 'mate@example.org', role: 'member', invitationId: null })
  await messaging.deliver(joined, { organizationId: crypto.randomUUID() })
  expect(await give(mate)).toMatchObject(refused)
  expect((await only()).version).toBe(version)
  await messaging.deliver(joined, { organizationId })
  expect(await give(mate)).toMatchObject({ status: 200, body: { assigneeId: mate } })
})
