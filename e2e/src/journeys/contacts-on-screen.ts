import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, focused, openSignedIn, settled, startBrowser, visit } from '../browser.ts'
import { sendMail, signInToDemo } from '../people.ts'
import type { RunningSystem } from '../system.ts'

const SOON = { timeout: 20_000 }

/** Contacts in Chromium: several addresses, changed by keyboard, whoever writes by any of them is known; tags made by typing. */
export function contactsOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('gives somebody a second address, makes it the primary one, takes one out and back, and knows their mail by each', async () => {
    const { client, inbound } = await signInToDemo(system())
    const mark = crypto.randomUUID().slice(0, 8)
    const [first, second] = [`ada-${mark}@example.org`, `Ada-${mark}@home.example`]
    const { id: contactId } = await client.crm.createContact({ body: { name: `Ada ${mark}`, email: first }, idempotencyKey: crypto.randomUUID() })
    const { page, complaints } = await openSignedIn(browser, system())
    await visit(page, `${system().url}/contacts/${contactId}`)
    await page.getByRole('button', { name: 'Add E-mail' }).click()
    await page.keyboard.type('nobody')
    await page.keyboard.press('Enter')
    await page.getByText('This is no e-mail address.').waitFor()
    await page.getByRole('textbox', { name: 'E-mail', exact: true }).fill(second)
    await page.keyboard.press('Tab')
    await page.keyboard.type('home')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: `More for ${second}` }).click()
    await page.getByRole('menuitem', { name: 'Make primary' }).click()
    await page.getByRole('list', { name: 'E-mail' }).getByRole('listitem').first().getByText('primary').waitFor()
    await page.getByRole('button', { name: 'Add Phone' }).click()
    await page.keyboard.type('(212) 736-5000')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Call +1 212 736 5000' }).waitFor()
    await expectAccessible(page)

    await page.getByRole('button', { name: `Change E-mail: ${first}` }).click()
    await page.getByRole('textbox', { name: 'E-mail', exact: true }).fill('')
    await page.keyboard.press('Backspace')
    await page.getByText(`Removed: ${first}`).waitFor()
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await page.getByRole('button', { name: `Change E-mail: ${first}` }).waitFor()
    const contact = await client.crm.getContact({ params: { contactId } })
    expect(contact).toMatchObject({ email: second.toLowerCase(), phones: [{ number: '(212) 736-5000', e164: '+12127365000' }] })
    expect(contact.emails).toEqual([
      { address: second, label: 'home' },
      { address: first, label: null },
    ])
    await sendMail(system(), { from: first, to: inbound, subject: `Question ${mark}`, text: 'Hello' })
    await page.getByRole('list', { name: 'Timeline' }).getByText('Wrote').waitFor(SOON)
    expect((await client.crm.listContacts({ query: { search: mark } })).items.map(({ id }) => id)).toEqual([contactId])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('opens contacts beside their list, walks on and changes them there by keyboard, and gives the focus back to the row', async () => {
    const { client } = await signInToDemo(system())
    const mark = crypto.randomUUID().slice(0, 8)
    const make = (name: string) => client.crm.createContact({ body: { name: `${name} ${mark}` }, idempotencyKey: crypto.randomUUID() })
    const [ada, bob] = [await make('Ada'), await make('Bob')]
    const { page, complaints } = await openSignedIn(browser, system())
    await visit(page, `${system().url}/contacts?q=${mark}&sort=name&dir=asc`)
    const row = (name: string) => page.getByRole('row').filter({ hasText: `${name} ${mark}` })
    await row('Bob').waitFor()
    await settled(page)
    await page.keyboard.press('j')
    await row('Ada').and(page.locator('[data-selected]')).waitFor()
    await page.keyboard.press('Enter')
    const panel = (name: string) => page.getByRole('complementary', { name: `${name} ${mark}` })
    await panel('Ada').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('j')
    await panel('Bob').getByRole('button', { name: 'Change Position' }).click()
    await page.keyboard.type('Head of Sales')
    await page.keyboard.press('Enter')
    await panel('Bob').getByRole('button', { name: 'Change Position: Head of Sales' }).waitFor()
    const { version } = await client.crm.getContact({ params: { contactId: bob.id } })
    await client.crm.updateContact({ params: { contactId: bob.id }, body: { position: 'CEO' }, ifMatch: version, idempotencyKey: crypto.randomUUID() })
    await panel('Bob').getByRole('button', { name: 'Change Position: CEO' }).waitFor(SOON)
    await panel('Bob').getByRole('button', { name: 'Change Position: CEO' }).focus()
    await page.keyboard.press('Escape')
    await panel('Bob').waitFor({ state: 'detached' })
    await focused(row('Bob').getByRole('link'))

    // An address leads a colleague to the same; from there the keys go on, and the second Enter is the page.
    await page.goto(`${system().url}/contacts?q=${mark}&sort=name&dir=asc&open=${bob.id}`)
    await panel('Bob').waitFor()
    await row('Bob').and(page.locator('[data-selected]')).waitFor()
    await settled(page)
    await page.keyboard.press('k')
    await panel('Ada').waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/contacts/${ada.id}`)
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${system().url}/contacts?open=${bob.id}`)
    await page.waitForURL(`**/contacts/${bob.id}`)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('makes a tag by typing it, shows it in the list, and merges it into another under settings', async () => {
    const { client } = await signInToDemo(system())
    const mark = crypto.randomUUID().slice(0, 8)
    const [name, other] = [`Vip ${mark}`, `Key ${mark}`]
    const { id: contactId } = await client.crm.createContact({ body: { name: `Eva ${mark}` }, idempotencyKey: crypto.randomUUID() })
    const { id: otherId } = await client.crm.createTag({ body: { name: other }, idempotencyKey: crypto.randomUUID() })
    const { page, complaints } = await openSignedIn(browser, system())
    await visit(page, `${system().url}/contacts/${contactId}`)
    await page.getByRole('button', { name: 'Add tag' }).click()
    await page.keyboard.type(name)
    await page.getByRole('option', { name: `Create tag “${name}”`, selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: `Take off: ${name}` }).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await visit(page, `${system().url}/contacts?search=${mark}`)
    await page
      .getByRole('grid', { name: 'Contacts' })
      .getByRole('link', { name: new RegExp(`Eva ${mark}.*${name}`) })
      .waitFor()

    await visit(page, `${system().url}/settings/tags`)
    await page.getByRole('button', { name: `Change tag ${name}` }).click()
    await expectAccessible(page)
    await page.getByLabel('Merge into').selectOption({ label: other })
    await page.getByRole('button', { name: 'Merge', exact: true }).click()
    await page.getByRole('button', { name: `Change tag ${name}` }).waitFor({ state: 'detached' })
    await expect.poll(async () => (await client.crm.getContact({ params: { contactId } })).tagIds, SOON).toEqual([otherId])
    expect(complaints).toEqual([])
    await page.context().close()
  })
}
