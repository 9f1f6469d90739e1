import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, openSignedIn, startBrowser, visit } from '../browser.ts'
import { signInToDemo, signUp } from '../people.ts'
import type { RunningSystem } from '../system.ts'

/** Lists in Chromium: narrowed by keyboard, kept as a view, opened by a link that names what is gone. */
export function listsOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('narrows a list by keyboard, sorts it, keeps it as a view, and opens it again from its link', async () => {
    const { client } = await signInToDemo(system())
    const mark = crypto.randomUUID().slice(0, 8)
    const made = async (title: string, amountMinor: number) =>
      client.crm.createDeal({ body: { title: `${title} ${mark}`, amountMinor, currency: 'EUR' }, idempotencyKey: crypto.randomUUID() })
    await Promise.all([made('Small', 100), made('Large', 90_000), made('Larger', 95_000)])
    const { page, complaints } = await openSignedIn(browser, system())
    await visit(page, `${system().url}/deals`)
    const table = page.getByRole('grid', { name: 'Deals' })
    const rows = table.getByRole('link', { name: new RegExp(mark) })
    await rows.nth(2).waitFor()

    await page.keyboard.press('f')
    await page.getByLabel('Value').fill(mark)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: `Change filter: Name contains ${mark}` }).waitFor()
    await page.keyboard.press('f')
    await page.getByLabel('Field').selectOption('amountMinor')
    await page.getByLabel('Question').selectOption('gt')
    await page.getByLabel('Value').fill('500')
    await page.getByLabel('Currency').selectOption('EUR')
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await rows.nth(2).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Sort by Amount' }).click()
    await table.getByRole('link').first().getByText(`Larger ${mark}`).waitFor()

    await page.getByRole('button', { name: 'Save as a new view' }).click()
    await page.getByLabel('Name of the view').fill(`Big ${mark}`)
    await page.keyboard.press('Enter')
    await page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('button', { name: `Big ${mark}`, exact: true })
      .waitFor()
    await expectAccessible(page)
    const [view] = (await client.crm.listViews({ query: { record: 'deal' } })).items.filter(({ name }) => name === `Big ${mark}`)
    expect(view).toMatchObject({ isShared: false, order: { sort: 'amountMinor', direction: 'desc' }, filter: { all: [{ value: mark }, { op: 'gt' }] } })

    const link = new URL(page.url())
    const filter = { all: [...(view?.filter?.all ?? []), { field: 'custom.gone', op: 'isEmpty' }] }
    link.searchParams.set('filter', JSON.stringify(filter))
    await page.goto(link.href)
    await page.getByText('Parts of this address could not be used').waitFor()
    await rows.nth(1).waitFor()
    expect(await rows.count()).toBe(2)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('keeps the name in sight and every row in its line, however many columns and options there are', async () => {
    const owner = await signUp(system(), 'Wide & Co')
    const options = ['Pumps and valves', 'Turbines and generators', 'Service on the site'].map((label) => ({ label }))
    const field = await owner.client.crm.createField({ body: { record: 'contact', label: 'Interests', kind: 'multiSelect', options } })
    const custom = { [field.id]: field.options.map(({ id }) => id) }
    await owner.client.crm.createContact({ body: { name: 'Ada Wide', custom }, idempotencyKey: crypto.randomUUID() })
    const { page, complaints } = await openSignedIn(browser, system(), { viewport: { width: 1024, height: 700 } }, owner)
    const columns = ['email', 'company', 'phone', 'position', 'note', 'timeZone', 'tagIds', 'createdAt', `custom.${field.id}`]
    await visit(page, `${system().url}/contacts?columns=${encodeURIComponent(JSON.stringify(columns))}`)
    const row = page.getByRole('row').filter({ hasText: 'Ada Wide' })
    const last = row.getByRole('gridcell').last()
    await last.scrollIntoViewIfNeeded()
    const [line, name, told] = await Promise.all([row.boundingBox(), row.getByText('Ada Wide').boundingBox(), last.locator('span').first().boundingBox()])
    const grid = await page.getByRole('grid').locator('..').boundingBox()
    expect(name?.x).toBeGreaterThan(grid?.x ?? Infinity)
    expect(line?.x).toBeLessThan(grid?.x ?? 0)
    for (const box of [name, told]) {
      expect(box?.y).toBeGreaterThanOrEqual(line?.y ?? Infinity)
      expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThanOrEqual((line?.y ?? 0) + (line?.height ?? 0))
    }
    await expectAccessible(page)
    expect(complaints).toEqual([])
    await page.context().close()
  })
}
