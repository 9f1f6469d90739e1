import { startWebhookReceiver, type WebhookReceiver } from '@ai-crm/testing/fakes/webhook-receiver'
import type { Browser, Page } from 'playwright-core'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, openSignedIn, startBrowser, visit } from '../browser.ts'
import { signUp, type Colleague } from '../people.ts'
import { until } from '../processes.ts'
import type { RunningSystem } from '../system.ts'

/** Webhooks from their first form to a receiver that says it is gone, in Chromium and at the receiver. */
export function webhooksOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  let receiver: WebhookReceiver
  let owner: Colleague
  beforeAll(async () => {
    browser = await startBrowser()
    receiver = await startWebhookReceiver()
    owner = await signUp(system(), 'Hooked & Co')
  })
  afterAll(async () => {
    await closePages(browser)
    await receiver?.close()
  })

  it('creates one, refuses a target that leads inside, delivers signed, sends again, and says why it was switched off', async () => {
    const { page, complaints } = await openSignedIn(browser, system(), {}, owner)
    await visit(page, `${system().url}/settings/webhooks`)
    await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor()
    await expectAccessible(page)

    const secret = await createWebhook(page, receiver.url)
    await page.getByRole('heading', { name: 'Ledger' }).waitFor()
    await page.getByText('Nothing was sent yet').waitFor()

    const { id } = await owner.client.crm.createContact({ body: { name: 'Told Outside', email: 'told@example.org' } })
    await expect.poll(() => receiver.calls.length, { timeout: 20_000 }).toBe(1)
    expect(verified(receiver, secret)).toMatchObject({ type: 'contact.created', organizationId: owner.session.me.organization.id, data: { contactId: id } })
    await page.getByRole('button', { name: 'Send test event' }).click()
    await expect.poll(() => receiver.calls.length, { timeout: 20_000 }).toBe(2)
    expect(verified(receiver, secret)).toMatchObject({ type: 'webhook.ping' })

    const row = page.getByRole('button', { name: /A contact was created.*Delivered/ })
    await row.click()
    await page.getByText('told@example.org').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Send again' }).click()
    await expect.poll(() => receiver.calls.length, { timeout: 20_000 }).toBe(3)
    expect(receiver.calls[2]?.headers['webhook-id']).toBe(receiver.calls[0]?.headers['webhook-id'])
    expect(receiver.calls[2]?.body).toBe(receiver.calls[0]?.body)

    receiver.next(410)
    await visit(page, `${system().url}/inbox/open`)
    await page.getByText('Live', { exact: true }).waitFor()
    await owner.client.crm.createContact({ body: { name: 'Told Nobody' } })
    await page.getByRole('button', { name: 'Look at it' }).click({ timeout: 20_000 })
    await page.getByText('Switched off: the receiver said that it is gone').waitFor()
    await expectAccessible(page)
    const notice = await until('the mail about it', async () => {
      const { items } = await owner.client.messaging.listLocalMail({ query: {} })
      return items.find(({ subject }) => subject === 'A webhook of Hooked & Co was switched off')
    })
    expect(notice).toMatchObject({ to: [owner.email], text: expect.stringContaining(new URL(page.url()).pathname) })

    await page.getByRole('button', { name: 'Switch on' }).click()
    await page.getByRole('button', { name: 'Send all failed again…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Send again' }).click()
    await page.getByText('1 delivery is sent again.').waitFor()
    await expect.poll(() => receiver.calls.length, { timeout: 20_000 }).toBe(5)
    expect(verified(receiver, secret)).toMatchObject({ type: 'contact.created', data: { name: 'Told Nobody' } })
    expect(complaints.filter((complaint) => !complaint.includes('status of 422'))).toEqual([])
    await page.context().close()
  })
}

/** Fills the form, first with a target of the inner network; answers the secret that is shown once. */
async function createWebhook(page: Page, url: string): Promise<string> {
  await page.getByRole('button', { name: 'New webhook' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('URL').fill('https://169.254.169.254/latest/meta-data')
  await dialog.getByLabel('What it is for').fill('Ledger')
  await dialog.getByRole('button', { name: 'Create webhook' }).click()
  await dialog.getByText('Choose at least one event.').waitFor()
  await dialog.getByRole('checkbox', { name: /A contact was created/ }).check()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Create webhook' }).click()
  await dialog.getByText('This address cannot be called').waitFor()
  await dialog.getByLabel('URL').fill(url)
  await dialog.getByRole('button', { name: 'Create webhook' }).click()
  const secret = (await page.getByLabel('Secret', { exact: true }).textContent()) ?? ''
  await expectAccessible(page)
  await page.getByRole('button', { name: 'I have copied it' }).click()
  return secret
}

/** The newest call, as a receiver would check it: by the official library. */
function verified({ calls }: WebhookReceiver, secret: string): unknown {
  const call = calls.at(-1)
  const headers = Object.fromEntries(Object.entries(call?.headers ?? {}).map(([name, value]) => [name, String(value)]))
  return new Webhook(secret).verify(call?.body ?? '', headers)
}
