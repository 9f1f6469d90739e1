import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, focused, openSignedIn, startBrowser, visit } from '../browser.ts'
import { signInToDemo } from '../people.ts'
import type { RunningSystem } from '../system.ts'

const SOON = { timeout: 20_000 }

/** Custom fields in Chromium: defined by keyboard, filled in on a record, demanded by a stage, deleted and brought back. */
export function fieldsOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('adds fields of deals, fills them in, is asked for one before a stage, and brings a deleted one back', async () => {
    const { client } = await signInToDemo(system())
    const mark = crypto.randomUUID().slice(0, 8)
    const [tier, budget] = [`Tier ${mark}`, `Budget ${mark}`]
    const deal = await client.crm.createDeal({ body: { title: `Turbines ${mark}` }, idempotencyKey: crypto.randomUUID() })
    const { page, complaints } = await openSignedIn(browser, system())
    await visit(page, `${system().url}/settings/fields`)
    await page.getByRole('radio', { name: 'Deals' }).click()

    // The one behind the dialog: it can be pressed once that has closed.
    await page.getByRole('button', { name: 'Add field' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'New field of deals' })
    await dialog.getByLabel('Name', { exact: true }).fill(tier)
    await dialog.getByLabel('Kind').selectOption('select')
    await dialog.getByLabel('Option 1', { exact: true }).fill('Gold')
    await page.keyboard.press('Enter')
    await dialog.getByLabel('Option 2', { exact: true }).pressSequentially('Silve')
    await page.keyboard.press('Escape')
    await dialog.getByText('What you typed is not saved.').waitFor()
    await page.keyboard.press('Enter')
    await focused(dialog.getByLabel('Option 2', { exact: true }))
    await page.keyboard.type('r')
    expect(await dialog.getByLabel('Option 2', { exact: true }).inputValue()).toBe('Silver')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Add field' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Add field' }).first().click()
    await dialog.getByLabel('Name', { exact: true }).fill(budget)
    await dialog.getByLabel('Kind').selectOption('number')
    await dialog.getByLabel('Won').check()
    await dialog.getByRole('button', { name: 'Add field' }).click()
    const list = page.getByRole('list', { name: 'Deals' })
    await list.getByText(budget).waitFor()

    // A formula says where it is wrong, then what it comes to, and is computed for the deals that there are.
    const weighted = `Weighted ${mark}`
    await page.getByRole('button', { name: 'Add field' }).first().click()
    await dialog.getByLabel('Name', { exact: true }).fill(weighted)
    await dialog.getByLabel('Kind').selectOption('formula')
    const formula = dialog.getByRole('textbox', { name: 'Formula' })
    await formula.fill('LENGTH(wings) * ')
    await dialog.getByText('cannot be read here').waitFor()
    await formula.fill('LENGTH(wings) * 2')
    await dialog.getByLabel('Where it is wrong').getByText('wings', { exact: true }).waitFor()
    await expectAccessible(page)
    await formula.fill('LENGTH()')
    await page.keyboard.press('ArrowLeft')
    await dialog.getByLabel('Insert a field…').selectOption('Name')
    // Of the newest deals, and others may have names as long as this one's.
    await dialog.getByRole('status').getByText(String(deal.title.length), { exact: true }).first().waitFor()
    await dialog.getByRole('button', { name: 'Add field' }).click()
    await list.getByText('Formula · Number').waitFor()

    await visit(page, `${system().url}/deals/${deal.id}`)
    await page.getByText(weighted).waitFor()
    await page.getByTitle('Computed by a formula').getByText(String(deal.title.length), { exact: true }).waitFor()
    await page.getByRole('button', { name: `Change ${tier}` }).click()
    await page.getByLabel(tier).selectOption({ label: 'Gold' })
    await page.keyboard.press('Enter')
    await page
      .getByRole('button', { name: `Change ${tier}` })
      .getByText('Gold')
      .waitFor()
    await page.getByRole('list', { name: 'Timeline' }).getByText('Gold').waitFor(SOON)
    await page.getByRole('button', { name: 'Move to Won' }).click()
    const asked = page.getByRole('dialog', { name: 'Before “Won”' })
    await asked.getByLabel(budget).fill('1 200,5')
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await page
      .getByRole('button', { name: `Change ${budget}` })
      .getByText('1,200.5')
      .waitFor()
    await page.getByRole('list', { name: 'Timeline' }).getByText('New → Won').waitFor(SOON)
    const fields = (await client.crm.listFields({ query: { record: 'deal' } })).items.filter(({ label }) => label.endsWith(mark))
    const [gold] = fields[0]?.options ?? []
    const custom = { [fields[0]?.id ?? '']: gold?.id, [fields[1]?.id ?? '']: 1200.5, [fields[2]?.id ?? '']: deal.title.length }
    expect((await client.crm.getDeal({ params: { dealId: deal.id } })).custom).toEqual(custom)

    await visit(page, `${system().url}/settings/fields`)
    await page.getByRole('radio', { name: 'Deals' }).click()
    await page.getByRole('button', { name: `Delete the field ${budget}` }).click()
    await list.getByText(budget).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
    await list.getByText(budget).waitFor()
    await expectAccessible(page)
    // Other journeys win deals as well.
    for (const { id } of fields) await client.crm.deleteField({ params: { fieldId: id } })
    expect(complaints.filter((text) => !text.includes('status of 422'))).toEqual([])
    await page.context().close()
  })
}
