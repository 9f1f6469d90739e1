import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, openSignedIn, signInOnScreen, startBrowser, visit } from '../browser.ts'
import { signInToDemo } from '../people.ts'
import type { RunningSystem } from '../system.ts'

const SOON = { timeout: 20_000 }

/** Deals in Chromium: made on a company's page, moved, lost for a reason, seen live by a colleague's screen and filtered. */
export function dealsOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('makes a deal of a company, gives it people, moves it, and says why it was lost', async () => {
    const { client } = await signInToDemo(system())
    const mark = crypto.randomUUID().slice(0, 8)
    const [company, person, title] = [`Acme ${mark}`, `Ada ${mark}`, `Turbines ${mark}`]
    const idempotencyKey = () => crypto.randomUUID()
    const { id: companyId } = await client.crm.createCompany({ body: { name: company }, idempotencyKey: idempotencyKey() })
    await client.crm.createContact({ body: { name: person, companyId }, idempotencyKey: idempotencyKey() })
    const { page, complaints } = await openSignedIn(browser, system())
    await visit(page, `${system().url}/companies/${companyId}`)
    await page.getByRole('button', { name: 'Add deal' }).click()
    const dialog = page.getByRole('dialog', { name: 'Create deal' })
    await dialog.getByLabel('Name').fill(title)
    await dialog.getByLabel('Amount').fill('12 500,555')
    await dialog.getByText(/^Write an amount like/).waitFor()
    await dialog.getByLabel('Amount').fill('12 500,50')
    await dialog.getByLabel('Currency').selectOption('EUR')
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await page
      .getByRole('list', { name: 'Deals' })
      .getByRole('link', { name: new RegExp(`${title}.*12,500\\.50`) })
      .click()

    await page.getByRole('heading', { name: title, level: 1 }).waitFor()
    await page.getByRole('link', { name: company }).waitFor()
    await page.getByRole('button', { name: 'Add person' }).click()
    await page.keyboard.type(mark)
    await page.getByRole('option', { name: new RegExp(person), selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByLabel(`Role of ${person}`).fill('Decides')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Move to Lost' }).click()
    await page.getByRole('dialog', { name: 'Before “Lost”' }).getByLabel('Why, in a few words').fill('Too dear')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Change Why lost: Too dear' }).waitFor()
    await page.getByRole('list', { name: 'Timeline' }).getByText('New → Lost').waitFor(SOON)
    await expectAccessible(page)

    const [deal] = (await client.crm.listDeals({ query: { companyId } })).items
    expect(deal).toMatchObject({ title, amountMinor: 1_250_050, currency: 'EUR', stage: 'lost', lostReason: 'Too dear', contacts: [{ role: 'Decides' }] })
    // The pipeline hears of a deal a moment after it was made; until then it knows of no stay.
    expect(complaints.filter((said) => !/404 .*\/stays\?/.test(said))).toEqual([])
    await page.context().close()
  })

  it('reads a day in the order of the app’s language in a browser of another one', async () => {
    const { client } = await signInToDemo(system())
    const { id: dealId } = await client.crm.createDeal({ body: { title: `Day ${crypto.randomUUID().slice(0, 8)}` }, idempotencyKey: crypto.randomUUID() })
    const { page, complaints } = await openSignedIn(browser, system(), { locale: 'en-US' })
    await page.addInitScript(() => localStorage.setItem('ai-crm.locale', 'ru'))
    await visit(page, `${system().url}/deals/${dealId}`)
    const day = page.getByRole('textbox', { name: 'Закрытие' })
    await day.fill('03.04.2031')
    await day.press('Enter')
    await expect.poll(async () => (await client.crm.getDeal({ params: { dealId } })).expectedCloseOn, SOON).toBe('2031-04-03')
    // What is no day is given up.
    await day.fill('31.02.2031')
    await day.press('Enter')
    await expect.poll(() => day.inputValue()).toBe('03.04.2031')
    await expectAccessible(page)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('walks the list by keyboard, sees a colleague move a deal live, and filters by stage', async () => {
    const { client } = await signInToDemo(system())
    const mark = crypto.randomUUID().slice(0, 8)
    const { page, complaints } = await signInOnScreen(browser, system())
    await page.getByRole('link', { name: 'Deals' }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    await page.getByRole('heading', { name: 'Deals', level: 1 }).waitFor()
    await page.keyboard.press('c')
    await page.getByRole('dialog', { name: 'Create deal' }).waitFor()
    await page.keyboard.type(`Pumps ${mark}`)
    await page.keyboard.press('Enter')
    const panel = page.getByRole('complementary', { name: `Pumps ${mark}` })
    await panel.getByText('Deal created').waitFor(SOON)
    await expectAccessible(page)

    const [deal] = (await client.crm.listDeals({ query: { search: mark } })).items
    await client.crm.updateDeal({ params: { dealId: deal?.id ?? '' }, body: { stage: 'won' }, ifMatch: 1, idempotencyKey: crypto.randomUUID() })
    await panel.getByText('New → Won').waitFor(SOON)
    const row = page.getByRole('grid', { name: 'Deals' }).getByRole('row', { name: new RegExp(mark) })
    await row.getByText('Won').waitFor(SOON)
    await page.getByRole('main').getByLabel('Stage').first().selectOption('open')
    await row.waitFor({ state: 'detached' })
    await page.getByRole('main').getByLabel('Stage').first().selectOption('won')
    await row.waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })
}
