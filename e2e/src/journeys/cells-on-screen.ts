import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, signInOnScreen, startBrowser } from '../browser.ts'
import { signInToDemo } from '../people.ts'
import type { RunningSystem } from '../system.ts'

/** Cells of a list in Chromium: walked and changed by the keyboard alone. */
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
    const { page, complaints } = await signInOnScreen(browser, system())
    const columns = JSON.stringify(['email', 'position', 'ownerId', 'createdAt'])
    await page.goto(`${system().url}/contacts?q=${mark}&sort=name&dir=asc&columns=${encodeURIComponent(columns)}`)
    const table = page.getByRole('grid', { name: 'Contacts' })
    const cell = (name: string, column: number) =>
      table
        .getByRole('row', { name: new RegExp(name) })
        .getByRole('gridcell')
        .nth(column)
    await cell('Bob', 0).waitFor()

    // J marks as before; the link of the marked row is where Tab comes to.
    await page.keyboard.press('j')
    await table.getByRole('link', { name: new RegExp('Ada') }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.type('Chief')
    await page.keyboard.press('Escape')
    await cell('Ada', 2).getByText('Buyer').waitFor()
    await page.keyboard.type('Chief')
    await page.keyboard.press('Enter')
    await cell('Ada', 2).getByText('Chief').waitFor()
    await page.getByText('Position changed.').waitFor()
    await expect.poll(async () => (await client.crm.getContact({ params: { contactId: ada.id } })).position).toBe('Chief')
    await page.getByRole('button', { name: 'Undo' }).click()
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
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await cell('Bob', 4).getByText('cannot be changed by hand').waitFor()
    expect(complaints.filter((complaint) => !complaint.includes('409'))).toEqual([])
    await page.context().close()
  })
}
