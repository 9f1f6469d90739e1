import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, signInOnScreen, startBrowser } from '../browser.ts'
import { sendMail, signInToDemo } from '../people.ts'
import { DEMO, type RunningSystem } from '../system.ts'

/** A draft with gaps asks to be filled in, one without offers to be edited. */
const EDIT = /^(Edit|Fill in)/

/** The main job as a person does it: in headless Chromium, with mail that comes by SMTP. */
export function inboxOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('shows a new e-mail without reload, sends the draft as it was edited, and shows the customer’s answer below it', async () => {
    const { page, complaints } = await signInOnScreen(browser, system())
    await page.getByText('Live', { exact: true }).waitFor()
    const name = `Vera Screen ${Date.now()}`
    const customer = `vera.${Date.now()}@example.org`
    await sendMail(system(), {
      from: `${name} <${customer}>`,
      to: DEMO.inbound,
      subject: 'Price for a team',
      text: 'Hello!\n\nHow much is it for 20 people?\n\nVera',
    })
    const row = page.getByRole('link', { name: new RegExp(name) })
    await row.waitFor()
    await row.click()

    const draft = page.getByRole('region', { name: /AI draft/ })
    await draft.getByText('local drafter, no model').waitFor()
    await expectAccessible(page)
    await draft.getByRole('button', { name: EDIT }).click()
    const editor = draft.getByRole('textbox').last()
    await editor.fill('Hello Vera,\n\nIt is 5 euros per person and month.\n\nDemo')
    // Esc leaves the text, and again the conversation; the edit waits there.
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await draft.waitFor({ state: 'detached' })
    await row.click()
    await expect.poll(() => draft.getByRole('textbox').last().inputValue()).toContain('5 euros per person')
    await draft.getByRole('button', { name: /Approve/ }).click()
    const sent = page.getByRole('article').filter({ hasText: '5 euros per person' })
    await sent.waitFor()
    await page.getByText(/^Sent/).first().waitFor()

    await sendMail(system(), {
      from: `${name} <${customer}>`,
      to: DEMO.inbound,
      subject: 'Re: Price for a team',
      text: 'Great, we take it.',
      inReplyTo: await messageIdOfReply(system(), customer),
    })
    await page.getByRole('article').filter({ hasText: 'Great, we take it.' }).waitFor()
    await expectAccessible(page)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('says that a draft is outdated as soon as the customer writes again, and does not let it leave', async () => {
    const { page } = await signInOnScreen(browser, system())
    const customer = `late.${Date.now()}@example.org`
    const messageId = `<late.${Date.now()}@example.org>`
    await sendMail(system(), { from: customer, to: DEMO.inbound, subject: 'A demo?', text: 'Can you show it to us on Monday?', messageId })
    await page
      .getByRole('link', { name: new RegExp(customer) })
      .first()
      .click()
    const draft = page.getByRole('region', { name: /AI draft/ })
    await draft.getByRole('button', { name: EDIT }).click()
    await sendMail(system(), {
      from: customer,
      to: DEMO.inbound,
      subject: 'Re: A demo?',
      text: 'Sorry, on Tuesday.',
      inReplyTo: messageId,
      references: messageId,
    })
    await page
      .getByText(/wrote again/i)
      .first()
      .waitFor()
    await page.context().close()
  })
}

/** What the customer's mail program would have read from the reply's Message-ID header. */
async function messageIdOfReply(system: RunningSystem, customer: string): Promise<string> {
  const { client } = await signInToDemo(system)
  const [conversation] = (await client.messaging.listConversations({ query: { search: customer } })).items
  if (!conversation) throw new Error(`There is no conversation with ${customer}.`)
  const { items } = await client.messaging.listMessages({ params: { conversationId: conversation.id }, query: {} })
  return items.find((message) => message.direction === 'outbound')?.rfcMessageId ?? ''
}
