import { expect, it } from 'vitest'
import { openInbox, sendMail, signInToDemo, signUp } from '../people.ts'
import { until } from '../processes.ts'
import type { RunningSystem } from '../system.ts'

/** The main job over HTTP and SMTP: mail in, draft, approval, reply out, answer in. */
export function mailToReply(system: () => RunningSystem): void {
  it('takes a customer’s e-mail in, shows it live, drafts, sends what a person approved, and threads the answer', async () => {
    const anna = await signInToDemo(system())
    const inbox = await openInbox(system(), anna)
    const customer = `boris.${Date.now()}@example.org`
    await sendMail(system(), {
      from: `Борис Петров <${customer}>`,
      to: anna.inbound,
      subject: 'Цена для команды',
      text: 'Здравствуйте!\n\nСколько стоит тариф на 20 человек?\n\nБорис',
    })
    await until('the message on the socket', async () => inbox.updates.find((update) => update.type === 'message.received'))

    const conversation = await until('the conversation', async () => {
      const { items } = await anna.client.messaging.listConversations({ query: { folder: 'open' } })
      return items.find((item) => item.party.address === customer)
    })
    expect(conversation).toMatchObject({ subject: 'Цена для команды', party: { name: 'Борис Петров' }, isUnread: true })

    const draft = await until('a waiting draft', async () => {
      const { items } = await anna.client.ai.listDrafts({ query: { conversationId: conversation.id, status: 'waiting' } })
      return items[0]
    })
    expect(draft).toMatchObject({ provider: 'local', language: 'ru' })
    expect(draft.body).toContain('Борис')

    // The draft marks what it cannot know instead of inventing it, and refuses to leave with the mark.
    const body = draft.body.replace(/\[[^\]]*\]/g, '500 ₽ за человека')
    expect(body).not.toBe(draft.body)
    const approved = await anna.client.ai.approveDraft({ params: { draftId: draft.id }, body: { subject: draft.subject, body }, ifMatch: draft.version })
    expect(approved.status).toBe('approved')
    expect(approved.diff?.some(({ op, text }) => op === 'insert' && text.includes('500'))).toBe(true)

    const reply = await until('the reply to be sent', async () => {
      const { items } = await anna.client.messaging.listMessages({ params: { conversationId: conversation.id }, query: {} })
      return items.find((message) => message.direction === 'outbound' && message.state === 'sent')
    })
    expect(reply.text).toContain('500 ₽')
    const [mail] = (await anna.client.messaging.listLocalMail({ query: {} })).items
    expect(mail).toMatchObject({ messageId: reply.id, to: [customer] })

    await sendMail(system(), {
      from: `Борис Петров <${customer}>`,
      to: anna.inbound,
      subject: 'Re: Цена для команды',
      text: 'Спасибо, подходит.',
      inReplyTo: reply.rfcMessageId ?? '',
      references: reply.rfcMessageId ?? '',
    })
    await until('the answer in the same conversation', async () => {
      const { items } = await anna.client.messaging.listMessages({ params: { conversationId: conversation.id }, query: {} })
      return items.find((message) => message.text.includes('подходит'))
    })

    const timeline = await until('the story on the contact’s page', async () => {
      const { contactId } = await anna.client.messaging.getConversation({ params: { conversationId: conversation.id } })
      if (!contactId) return undefined
      const { items } = await anna.client.crm.listContactTimeline({ params: { contactId }, query: {} })
      return items.filter((entry) => entry.type === 'message.received').length === 2 ? items : undefined
    })
    const types = timeline.map((entry) => entry.type)
    for (const type of ['contact.created', 'ai.draft.generated', 'ai.draft.approved', 'message.sent']) expect(types).toContain(type)
    inbox.close()
  })

  it('refuses a draft that has not seen the customer’s newest message', async () => {
    const anna = await signInToDemo(system())
    const customer = `stale.${Date.now()}@example.org`
    const first = `<first.${Date.now()}@example.org>`
    await sendMail(system(), { from: customer, to: anna.inbound, subject: 'Question', text: 'Can I get a demo?', messageId: first })
    const draft = await until('a waiting draft', async () => {
      const { items } = await anna.client.messaging.listConversations({ query: { search: customer } })
      const conversationId = items[0]?.id
      if (!conversationId) return undefined
      return (await anna.client.ai.listDrafts({ query: { conversationId, status: 'waiting' } })).items[0]
    })
    await sendMail(system(), {
      from: customer,
      to: anna.inbound,
      subject: 'Re: Question',
      text: 'Sorry, I meant a price list.',
      inReplyTo: first,
      references: first,
    })
    await until('the draft to be outdated', async () => {
      const { status } = await anna.client.ai.getDraft({ params: { draftId: draft.id } })
      return status === 'outdated' ? status : undefined
    })
    const { version } = await anna.client.ai.getDraft({ params: { draftId: draft.id } })
    await expect(
      anna.client.ai.approveDraft({ params: { draftId: draft.id }, body: { subject: draft.subject, body: draft.body }, ifMatch: version }),
    ).rejects.toMatchObject({ problem: { status: 409, code: 'ai.draft.outdated' } })
  })

  it('stores a message once, however often and to whichever replica it is delivered', async () => {
    const anna = await signInToDemo(system())
    const customer = `twice.${Date.now()}@example.org`
    const mail = { from: customer, to: anna.inbound, subject: 'Once', text: 'Only once, please.', messageId: `<once.${Date.now()}@example.org>` }
    await Promise.all(Array.from({ length: 6 }, (_, replica) => sendMail(system(), mail, replica)))
    const conversation = await until('the conversation', async () => {
      const { items } = await anna.client.messaging.listConversations({ query: { search: customer } })
      return items[0]
    })
    expect(conversation.messageCount).toBe(1)
  })

  it('shows one organisation nothing of another’s', async () => {
    const [ours, theirs] = [await signInToDemo(system()), await signUp(system(), 'Other & Co')]
    const { items } = await ours.client.messaging.listConversations({ query: { folder: 'all' } })
    const foreign = items[0]
    if (!foreign) throw new Error('The journeys before this one left a conversation.')
    for (const attempt of [
      () => theirs.client.messaging.getConversation({ params: { conversationId: foreign.id } }),
      () => theirs.client.messaging.listMessages({ params: { conversationId: foreign.id }, query: {} }),
    ])
      await expect(attempt()).rejects.toMatchObject({ problem: { status: 404 } })
    expect((await theirs.client.messaging.listConversations({ query: { folder: 'all' } })).items).toEqual([])
  })
}
