import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, signInOnScreen, startBrowser, visit } from '../browser.ts'
import { sendMail, signUp } from '../people.ts'
import type { RunningSystem } from '../system.ts'

const SOON = { timeout: 20_000 }

/** Duplicates in Chromium: two that are one person are merged by keyboard, their conversations follow, and all of it is undone from the story. */
export function duplicatesOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('merges a pair by keyboard, leads from the old address to the new one, and brings everything back', async () => {
    const owner = await signUp(system(), 'Twins & Co')
    const { client } = owner
    const budget = await client.crm.createField({ body: { record: 'contact', label: 'Budget', kind: 'money', currency: 'EUR' } })
    const make = (name: string, email: string) => {
      const body = { name, email, phones: [{ number: '+44 20 7946 0958' }], custom: { [budget.id]: { amountMinor: 123_450, currency: 'EUR' } } }
      return client.crm.createContact({ body, idempotencyKey: crypto.randomUUID() })
    }
    const twins = ['Grace Hopper', 'Hopper Grace'].map((name) => client.crm.createContact({ body: { name }, idempotencyKey: crypto.randomUUID() }))
    await Promise.all(twins)
    const [ada, double] = [await make('Ada Lovelace', 'ada@work.example'), await make('A. Lovelace', 'ada@home.example')]
    const [channel] = (await client.messaging.listChannels()).items
    await sendMail(system(), { from: 'ada@home.example', to: channel?.address ?? '', subject: 'Engines', text: 'Hello' })
    const conversationsOf = async (contactId: string) => (await client.messaging.listConversations({ query: { folder: 'all', contactId } })).items.length
    await expect.poll(() => conversationsOf(double.id), SOON).toBe(1)
    await expect.poll(async () => (await client.crm.summarizeDuplicateContacts()).open, SOON).toBe(2)

    const { page, complaints } = await signInOnScreen(browser, system(), {}, owner)
    await page.locator('[data-live=live]').waitFor(SOON)
    await page.keyboard.press('g')
    await page.keyboard.press('u')
    const pair = page.getByRole('region', { name: 'Ada Lovelace and A. Lovelace' })
    await pair.getByText('Goes over: 1 conversation.').waitFor(SOON)
    await page.keyboard.press('j')
    await page.getByRole('region', { name: /Hopper/ }).waitFor(SOON)
    await page.keyboard.press('n')
    await pair.waitFor(SOON)
    await pair
      .getByRole('row', { name: /Budget/ })
      .getByText('€1,234.50')
      .first()
      .waitFor()
    await page.getByRole('radio', { name: 'Name: take the second' }).press('Space')
    await expectAccessible(page)
    await page.keyboard.press('m')
    await page.getByText('Merged into A. Lovelace.').waitFor(SOON)
    await page.getByRole('heading', { name: 'No duplicates waiting' }).waitFor(SOON)
    await expect.poll(() => conversationsOf(ada.id), SOON).toBe(1)

    await visit(page, `${system().url}/contacts?open=${double.id}`)
    await page.getByRole('complementary', { name: 'A. Lovelace' }).waitFor(SOON)
    expect(page.url()).toContain(ada.id)
    await visit(page, `${system().url}/contacts/${double.id}`)
    await page.waitForURL(`**/contacts/${ada.id}`)
    await page.getByRole('heading', { name: 'A. Lovelace' }).waitFor()
    await page.getByRole('list', { name: 'Timeline' }).getByRole('button', { name: 'Undo merge' }).click(SOON)
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Everything can be as it was.').waitFor(SOON)
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Undo merge' }).click()
    await page.getByText('A. Lovelace is back.').waitFor(SOON)
    await page.getByRole('heading', { name: 'Ada Lovelace' }).waitFor(SOON)
    await expect.poll(() => conversationsOf(double.id), SOON).toBe(1)
    expect(await client.crm.getContact({ params: { contactId: ada.id } })).toMatchObject({ name: 'Ada Lovelace', emails: [{ address: 'ada@work.example' }] })
    expect(complaints.filter((complaint) => !/status of 404/.test(complaint))).toEqual([])
    await page.context().close()
  })
}
