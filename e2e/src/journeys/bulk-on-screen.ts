import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, openSignedIn, startBrowser, visit } from '../browser.ts'
import { signInToDemo } from '../people.ts'
import type { RunningSystem } from '../system.ts'

const SOON = { timeout: 20_000 }

/** Many records at once in Chromium, by keyboard: selected, changed, undone, deleted, restored from the trash. */
export function bulkOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('selects rows by keyboard, changes them together, undoes it, deletes and restores them', async () => {
    const { client } = await signInToDemo(system())
    const mark = crypto.randomUUID().slice(0, 8)
    const make = (name: string) => client.crm.createContact({ body: { name: `${name} ${mark}`, position: 'old' }, idempotencyKey: crypto.randomUUID() })
    const [ada, bob] = [await make('Ada'), await make('Bob')]
    const positionOf = async (contactId: string) => (await client.crm.getContact({ params: { contactId } })).position
    const { page, complaints } = await openSignedIn(browser, system())
    await visit(page, `${system().url}/contacts?q=${mark}`)
    await page.getByRole('grid').getByText(`Ada ${mark}`).waitFor(SOON)
    for (const keys of ['j', 'x', 'j', 'Shift+X']) await page.keyboard.press(keys)
    const bar = page.getByRole('toolbar', { name: 'What to do with the selected records' })
    await bar.getByText('2 selected').waitFor()
    await page.keyboard.press('e')
    const dialog = page.getByRole('dialog', { name: 'Change a field' })
    await dialog.getByLabel('Field').selectOption({ label: 'Position' })
    await dialog.getByLabel('Position').pressSequentially('Head of Sales')
    await dialog.getByText('Changes 2 records').waitFor(SOON)
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    const panel = page.getByRole('region', { name: 'Work on many records' })
    await panel.getByText('2 changed').waitFor(SOON)
    expect([await positionOf(ada.id), await positionOf(bob.id)]).toEqual(['Head of Sales', 'Head of Sales'])

    await panel.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('dialog', { name: 'Undo this?' }).getByText('Changes 2 records').waitFor(SOON)
    await page.keyboard.press('Enter')
    await panel.getByRole('heading', { name: 'Undoing changes of contacts' }).waitFor(SOON)
    await panel.getByText('2 changed').waitFor(SOON)
    expect([await positionOf(ada.id), await positionOf(bob.id)]).toEqual(['old', 'old'])

    await page.getByRole('checkbox', { name: 'Select all rows that are loaded' }).click()
    await bar.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog', { name: 'Delete contacts?' }).getByRole('button', { name: 'Delete' }).click()
    await page
      .getByRole('grid')
      .getByText(`Ada ${mark}`)
      .waitFor({ state: 'detached', ...SOON })
    await visit(page, `${system().url}/settings/trash`)
    await page.getByLabel('Search the trash').fill(mark)
    const trash = page.getByRole('list', { name: 'Trash' })
    await trash.getByText(`Ada ${mark}`).waitFor(SOON)
    await expectAccessible(page)
    await page.getByRole('button', { name: `Restore Ada ${mark}` }).click()
    await trash.getByText(`Ada ${mark}`).waitFor({ state: 'detached', ...SOON })
    // The row leaves at once; the record comes back by a job.
    await expect.poll(() => positionOf(ada.id).catch(() => null), SOON).toBe('old')
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('shows what a record was, and takes one change of its story back', async () => {
    const { client } = await signInToDemo(system())
    const mark = crypto.randomUUID().slice(0, 8)
    const { id } = await client.crm.createContact({ body: { name: `Ada ${mark}`, note: `old ${mark}` }, idempotencyKey: crypto.randomUUID() })
    await client.crm.updateContact({ params: { contactId: id }, body: { note: `new ${mark}` }, ifMatch: 1, idempotencyKey: crypto.randomUUID() })
    const { page, complaints } = await openSignedIn(browser, system())
    await visit(page, `${system().url}/contacts/${id}`)
    const story = page.getByRole('list', { name: 'Timeline' })
    const created = story.getByRole('listitem').filter({ hasText: 'Contact created' })
    await created.getByRole('button', { name: 'As it was then' }).click()
    await page.getByRole('dialog', { name: 'As it was then' }).getByText(`old ${mark}`).waitFor(SOON)
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    const changed = story.getByRole('listitem').filter({ hasText: 'Contact changed' })
    await changed.first().getByRole('button', { name: 'Undo this change?' }).click()
    const question = page.getByRole('dialog', { name: 'Undo this change?' })
    await question.getByText('Changes 1 record').waitFor(SOON)
    expect(await question.getByRole('listitem').innerText()).toMatch(new RegExp(`new ${mark}\\s+old ${mark}`))
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await client.crm.getContact({ params: { contactId: id } })).note, SOON).toBe(`old ${mark}`)
    expect(complaints).toEqual([])
    await page.context().close()
  })
}
