import type { FakeMailWorld, MailFailure } from '@ai-crm/testing/fakes/mail-world'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, openSignedIn, startBrowser, visit } from '../browser.ts'
import { sendMail, signInToDemo, type Colleague } from '../people.ts'
import { DEMO, type RunningSystem } from '../system.ts'

interface StuckReply {
  readonly conversationId: string
  readonly rfcMessageId: string
}

/** What a person decides about replies that failed, are held or may have arrived: every button, pressed in Chromium. */
export function decisionsOnScreen(system: () => RunningSystem, world: () => FakeMailWorld): void {
  let browser: Browser
  let colleague: Colleague
  let page: Page
  beforeAll(async () => {
    browser = await startBrowser()
    colleague = await signInToDemo(system())
    page = (await openSignedIn(browser, system())).page
  })
  afterAll(() => closePages(browser))

  const arrivals = ({ rfcMessageId }: StuckReply): number => world().counts().get(rfcMessageId) ?? 0

  /** A customer's mail, answered while the world fails so. */
  async function replyInto(failure: MailFailure): Promise<StuckReply & { customer: string; messageId: string }> {
    const customer = `decide.${crypto.randomUUID()}@example.org`
    const messageId = `<${crypto.randomUUID()}@example.org>`
    await sendMail(system(), { from: customer, to: DEMO.inbound, subject: 'A question', text: 'How much is it?', messageId })
    const find = async () => (await colleague.client.messaging.listConversations({ query: { folder: 'all', search: customer } })).items[0]
    await expect.poll(find, { timeout: 20_000 }).toBeDefined()
    const conversation = await find()
    if (!conversation?.lastInboundMessageId) throw new Error('The mail opened no conversation.')
    world().failNext(failure)
    const reply = await colleague.client.messaging.sendReply({
      params: { conversationId: conversation.id },
      body: { text: 'It is ten euros.', answersMessageId: conversation.lastInboundMessageId },
    })
    return { conversationId: conversation.id, rfcMessageId: reply.rfcMessageId ?? '', customer, messageId }
  }

  /** The customer writes again while the reply waits for its second attempt. */
  async function heldReply(): Promise<StuckReply> {
    const reply = await replyInto('defer-recipient')
    const attempts = async () =>
      (await colleague.client.messaging.listMessages({ params: { conversationId: reply.conversationId }, query: {} })).items.find(
        ({ direction }) => direction === 'outbound',
      )?.attempts
    await expect.poll(attempts).toBe(1)
    const again = { from: reply.customer, to: DEMO.inbound, subject: 'Re: A question', inReplyTo: reply.messageId, references: reply.messageId }
    await sendMail(system(), { ...again, text: 'And for fifty people?' })
    return reply
  }

  async function show({ conversationId }: StuckReply, state: string): Promise<void> {
    await visit(page, `${system().url}/inbox/all/${conversationId}`)
    await page.locator(`[data-state=${state}]`).waitFor({ timeout: 30_000 })
  }
  const press = (name: string) => page.getByRole('article').getByRole('button', { name, exact: true }).click()
  const becomes = (state: string) => page.locator(`[data-state=${state}]`).waitFor({ timeout: 30_000 })

  it('a reply that may have arrived: "It arrived" settles it, and nothing is sent again', async () => {
    const reply = await replyInto('drop-after-dot')
    await show(reply, 'unknown')
    await expectAccessible(page)
    await press('It arrived')
    await becomes('sent')
    expect(arrivals(reply)).toBe(1)
  })

  it('a reply that may have arrived: "Send again" asks first, and then sends the same message once more', async () => {
    const reply = await replyInto('drop-after-dot')
    await show(reply, 'unknown')
    await press('Send again')
    const question = page.getByRole('dialog').or(page.getByRole('alertdialog'))
    await question.getByRole('button', { name: 'Cancel' }).click()
    await page.locator('[data-state=unknown]').waitFor()
    expect(arrivals(reply)).toBe(1)
    await press('Send again')
    await question.getByRole('button', { name: 'Send again' }).click()
    await becomes('sent')
    expect(arrivals(reply)).toBe(2)
  })

  it('a reply that may have arrived: "Discard" takes it out of the way', async () => {
    const reply = await replyInto('drop-after-dot')
    await show(reply, 'unknown')
    await press('Discard')
    await becomes('cancelled')
    expect(arrivals(reply)).toBe(1)
  })

  it('a reply that was refused: says why, and "Send again" sends it', async () => {
    const reply = await replyInto('refuse-message')
    await show(reply, 'failed')
    await page.getByText(/Reason:.*Rejected as spam/).waitFor()
    expect(arrivals(reply)).toBe(0)
    await press('Send again')
    await becomes('sent')
    expect(arrivals(reply)).toBe(1)
  })

  it('a reply that was refused: "Discard" sends nothing', async () => {
    const reply = await replyInto('refuse-recipient')
    await show(reply, 'failed')
    await press('Discard')
    await becomes('cancelled')
    expect(arrivals(reply)).toBe(0)
  })

  it('a reply that the customer overtook is held; "Send anyway" sends it', async () => {
    const reply = await heldReply()
    await show(reply, 'held')
    expect(arrivals(reply)).toBe(0)
    await expectAccessible(page)
    await press('Send anyway')
    await becomes('sent')
    expect(arrivals(reply)).toBe(1)
  })

  it('a reply that the customer overtook is held; "Discard" sends nothing', async () => {
    const reply = await heldReply()
    await show(reply, 'held')
    await press('Discard')
    await becomes('cancelled')
    expect(arrivals(reply)).toBe(0)
  })

  it('a reply that waits for its next attempt is taken back by "Undo"', async () => {
    const reply = await replyInto('defer-recipient')
    await show(reply, 'queued')
    await press('Undo')
    await becomes('cancelled')
    expect(arrivals(reply)).toBe(0)
  })
}
