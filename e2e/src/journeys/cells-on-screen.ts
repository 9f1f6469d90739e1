import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, focused, openSignedIn, settled, startBrowser, visit } from '../browser.ts'
import { signInToDemo } from '../people.ts'
import type { RunningSystem } from '../system.ts'

/** Cells of a list in Chromium, walked and changed by the keyboard alone; groups of a list, and how wide its columns are. */
export function cellsOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('changes cells by keyboard, gives back on Esc, keeps what was refused, and takes a change back', async () => {
    const { client } = await signInToDemo(system())
    const mark = crypto.randomUUID().slice(0, 8)
    const made = async (name: string) => {
      const body = { name: `${name} ${mark}`, email: `${name.toLowerCase()}-${mark}@acme.example`, position: 'Buyer' }
      return client.crm.createContact({ body, idempotencyKey: crypto.randomUUID() })
    }
    const [ada, bob] = [await made('Ada'), await made('Bob')]
    const { page, complaints } = await openSignedIn(browser, system())
    const columns = JSON.stringify(['email', 'position', 'ownerId', 'createdAt'])
    await visit(page, `${system().url}/contacts?q=${mark}&sort=name&dir=asc&columns=${encodeURIComponent(columns)}`)
    const table = page.getByRole('grid', { name: 'Contacts' })
    const cell = (name: string, column: number) =>
      table
        .getByRole('row', { name: new RegExp(name) })
        .getByRole('gridcell')
        // The first is the box to select the row by.
        .nth(column + 1)
    await cell('Bob', 0).waitFor()
    await settled(page)

    // J marks as before; from the marked row the arrow leads into its cells.
    await page.keyboard.press('j')
    await table.locator('[role=row][data-selected]').getByText(`Ada ${mark}`).waitFor()
    await page.keyboard.press('ArrowRight')
    await focused(cell('Ada', 1))
    await page.keyboard.press('ArrowRight')
    await focused(cell('Ada', 2))
    await page.keyboard.type('Chief')
    await page.keyboard.press('Escape')
    await cell('Ada', 2).getByText('Buyer').waitFor()
    await page.keyboard.type('Chief')
    await page.keyboard.press('Enter')
    await cell('Ada', 2).getByText('Chief').waitFor()
    await page.getByText('Position changed.').waitFor()
    await expect.poll(async () => (await client.crm.getContact({ params: { contactId: ada.id } })).position).toBe('Chief')
    await page.keyboard.press('Control+z')
    await cell('Ada', 2).getByText('Buyer').waitFor()

    // Somebody else's address is refused at the cell, and what was typed is there again.
    await cell('Bob', 1).click()
    await page.keyboard.press('F2')
    await page.keyboard.press('Control+a')
    await page.keyboard.type(`ada-${mark}@acme.example`)
    await page.keyboard.press('Tab')
    await cell('Bob', 1).getByRole('alert').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter')
    expect(await cell('Bob', 1).getByRole('textbox').inputValue()).toBe(`ada-${mark}@acme.example`)
    await page.keyboard.press('Escape')
    expect((await client.crm.getContact({ params: { contactId: bob.id } })).email).toBe(`bob-${mark}@acme.example`)

    // A colleague's change of another field is no conflict, and what happens by itself is told to be so.
    await client.crm.updateContact({ params: { contactId: bob.id }, body: { note: 'Met' }, ifMatch: bob.version, idempotencyKey: crypto.randomUUID() })
    await cell('Bob', 2).click()
    await page.keyboard.type('Head')
    await page.keyboard.press('Tab')
    await expect.poll(async () => (await client.crm.getContact({ params: { contactId: bob.id } })).position).toBe('Head')
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Owner' }).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Owner' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await client.crm.getContact({ params: { contactId: bob.id } })).ownerId).not.toBe(bob.ownerId)
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await cell('Bob', 4).getByText('cannot be changed by hand').waitFor()

    // Rows that come in push the open editor down with its record; what a colleague wrote there meanwhile stays, unless something is typed.
    const { version } = await client.crm.getContact({ params: { contactId: ada.id } })
    await cell('Ada', 2).click()
    await page.keyboard.type('Bo')
    await made('Aaron')
    await cell('Aaron', 0).waitFor()
    await page.keyboard.type('ss')
    await page.keyboard.press('Tab')
    await expect.poll(async () => (await client.crm.getContact({ params: { contactId: ada.id } })).position).toBe('Boss')
    await cell('Ada', 2).click()
    await page.keyboard.press('F2')
    const theirs = { position: 'Director', email: `director-${mark}@acme.example` }
    await client.crm.updateContact({ params: { contactId: ada.id }, body: theirs, ifMatch: version + 1, idempotencyKey: crypto.randomUUID() })
    await cell('Ada', 1).getByText(theirs.email).waitFor()
    await page.keyboard.press('Tab')
    await cell('Ada', 2).getByText('Director').waitFor()
    expect(await client.crm.getContact({ params: { contactId: ada.id } })).toMatchObject({ position: 'Director', version: version + 2 })

    // On the page of the contact, too, what was refused stays to be mended.
    await visit(page, `${system().url}/contacts/${bob.id}`)
    await page.getByRole('button', { name: `Change E-mail: bob-${mark}@acme.example` }).click()
    const field = page.getByRole('textbox', { name: 'E-mail', exact: true })
    await field.fill(`director-${mark}@acme.example`)
    await field.press('Enter')
    await page.getByRole('alert').waitFor()
    expect(await field.inputValue()).toBe(`director-${mark}@acme.example`)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('shows a list in groups that open and close, and keeps them in a view with the widths of its columns', async () => {
    const { client } = await signInToDemo(system())
    const mark = crypto.randomUUID().slice(0, 8)
    const made = async (title: string, stage: 'new' | 'won') =>
      client.crm.createDeal({ body: { title: `${title} ${mark}`, stage, amountMinor: 40_000, currency: 'EUR' }, idempotencyKey: crypto.randomUUID() })
    await Promise.all([made('Small', 'new'), made('Large', 'won'), made('Larger', 'won')])
    const { page, complaints } = await openSignedIn(browser, system())
    const filter = JSON.stringify({ field: 'title', op: 'contains', value: mark })
    await visit(page, `${system().url}/deals?filter=${encodeURIComponent(filter)}`)
    await page.getByLabel('Groups').selectOption('stage')
    const table = page.getByRole('grid', { name: 'Deals' })
    const won = table.getByRole('button', { name: 'Won 2' })
    await table.getByRole('row', { name: /Won 2.*€800/ }).waitFor()
    await table.getByRole('link', { name: new RegExp(`Larger ${mark}`) }).waitFor()
    await expectAccessible(page)
    await won.click()
    await table.getByRole('link', { name: new RegExp(`Larger ${mark}`) }).waitFor({ state: 'detached' })
    await page.keyboard.press('ArrowRight')
    await table.getByRole('link', { name: new RegExp(`Larger ${mark}`) }).waitFor()

    await page.getByRole('button', { name: 'Save as a new view' }).click()
    await page.getByLabel('Name of the view').fill(`Stages ${mark}`)
    await page.keyboard.press('Enter')
    await page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('button', { name: `Stages ${mark}`, exact: true })
      .waitFor()
    const edge = table.getByRole('separator', { name: 'Width of Stage' })
    await edge.press('ArrowRight')
    await edge.press('Control+ArrowLeft')
    await page.getByRole('button', { name: 'Save view' }).click()
    await page.getByRole('button', { name: 'Save view' }).waitFor({ state: 'detached' })
    const [view] = (await client.crm.listViews({ query: { record: 'deal' } })).items.filter(({ name }) => name === `Stages ${mark}`)
    expect(view).toMatchObject({ groupBy: 'stage', columns: [{ key: 'stage', width: expect.any(Number) }, { key: 'amountMinor', width: null }, {}, {}, {}] })
    expect(complaints).toEqual([])
    await page.context().close()
  })
}
