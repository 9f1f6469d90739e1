import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, openSignedIn, settled, startBrowser, visit } from '../browser.ts'
import { signUp } from '../people.ts'
import type { RunningSystem } from '../system.ts'

const SOON = { timeout: 20_000 }

/** The board in Chromium: a rule is made, cards are carried by keyboard and by pointer, refused, let in with what is missing, made in a column, and seen by a colleague. */
export function boardOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('rules a stage, moves deals by keyboard and pointer, asks for what is missing, and shows it all to another browser', async () => {
    const owner = await signUp(system(), `Boards ${crypto.randomUUID().slice(0, 8)}`)
    const make = (title: string) => owner.client.crm.createDeal({ body: { title }, idempotencyKey: crypto.randomUUID() })
    const [pumps, turbines] = [await make('Pumps'), await make('Turbines')]
    await owner.client.crm.createField({
      body: { record: 'deal', label: 'Budget', kind: 'text', requiredStages: ['won'] },
      idempotencyKey: crypto.randomUUID(),
    })
    const { page, complaints } = await openSignedIn(browser, system(), {}, owner)
    await visit(page, `${system().url}/settings/pipelines`)
    await page
      .getByRole('list', { name: 'Pipelines' })
      .getByRole('link', { name: /^Sales/ })
      .click()
    await page.getByRole('button', { name: 'Rules of Proposal' }).click()
    const rules = page.getByRole('dialog', { name: 'Rules of Proposal' })
    await rules.getByLabel('Closes').check()
    await rules.getByLabel('Everywhere').uncheck()
    await rules.getByLabel('New', { exact: true }).uncheck()
    await expectAccessible(page)
    await rules.getByRole('button', { name: 'Keep these rules' }).click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Saved', { exact: true }).waitFor(SOON)

    const colleague = (await openSignedIn(browser, system(), {}, owner)).page
    await visit(colleague, `${system().url}/deals/board`)
    await column(colleague, 'New').getByText('Pumps').waitFor(SOON)

    // By keyboard: the stage that is not entered from here is passed over.
    await visit(page, `${system().url}/deals/board`)
    await card(page, turbines.id).waitFor(SOON)
    await settled(page)
    await page.keyboard.press('j')
    await page.locator(`[data-card="${turbines.id}"]:focus`).waitFor(SOON)
    await page.keyboard.press('Space')
    await page.getByText(/^Entered from/).waitFor(SOON)
    await expectAccessible(page)
    await page.keyboard.press('ArrowRight')
    await column(page, 'Qualified').locator(`[data-card="${turbines.id}"]:focus`).waitFor(SOON)
    await page.keyboard.press('Enter')
    await column(colleague, 'Qualified').getByText('Turbines').waitFor(SOON)

    // From there it may enter, with a day on which it closes.
    await page.keyboard.press('m')
    await page.keyboard.type('propo')
    await page.keyboard.press('Enter')
    const asked = page.getByRole('dialog', { name: 'Before “Proposal”' })
    await asked.getByLabel('Closes').fill('2030-06-30')
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await column(colleague, 'Proposal').getByText('Turbines').waitFor(SOON)

    // By pointer, and back by the toast.
    await card(page, pumps.id).dragTo(page.getByRole('region', { name: 'Negotiation' }))
    await column(colleague, 'Negotiation').getByText('Pumps').waitFor(SOON)
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await column(colleague, 'New').getByText('Pumps').waitFor(SOON)

    // Made in its column, with what is missing there, and made once.
    await page.getByRole('button', { name: 'Add a deal to Won' }).click()
    await page.keyboard.type('Valves')
    await page.keyboard.press('Enter')
    const missing = page.getByRole('dialog', { name: 'Before “Won”' })
    await missing.getByLabel('Budget').fill('Enough')
    await page.keyboard.press('Enter')
    await missing.waitFor({ state: 'hidden', ...SOON })
    await column(colleague, 'Won').getByText('Valves').waitFor(SOON)
    const { items } = await owner.client.crm.listDeals({ query: { sort: 'title', direction: 'asc' } })
    expect(items.map(({ title, stage, expectedCloseOn }) => [title, stage, expectedCloseOn])).toEqual([
      ['Pumps', 'new', null],
      ['Turbines', 'proposal', '2030-06-30'],
      ['Valves', 'won', null],
    ])
    expect(complaints.filter((text) => !text.includes('status of 422'))).toEqual([])
    await Promise.all([page.context().close(), colleague.context().close()])
  })

  it('tells sums in the currency of the organisation by the rates of the day, and follows stages that are dragged elsewhere', async () => {
    const owner = await signUp(system(), `Currencies ${crypto.randomUUID().slice(0, 8)}`)
    const rates = [{ currency: 'USD', on: '2026-01-01', rate: '0.5' }]
    await owner.client.pipeline.setCurrencyRates({ body: { currency: 'EUR', rates }, ifMatch: 1 })
    for (const [currency, amountMinor] of [['EUR', 100_00] as const, ['USD', 100_00] as const, ['CHF', 7_00] as const])
      await owner.client.crm.createDeal({ body: { title: `In ${currency}`, currency, amountMinor }, idempotencyKey: crypto.randomUUID() })
    const { page: board, complaints } = await openSignedIn(browser, system(), {}, owner)
    await visit(board, `${system().url}/deals/board`)
    await column(board, 'New')
      .getByRole('button', { name: /^€150 \+ CHF\s7: what the sum is made of/ })
      .click(SOON)
    await board.getByText('1 USD = 0.5 EUR since Jan 1, 2026').waitFor(SOON)
    await expectAccessible(board)
    await board.keyboard.press('Escape')

    const { page: editor } = await openSignedIn(browser, system(), {}, owner)
    await visit(editor, `${system().url}/settings/pipelines`)
    await editor
      .getByRole('list', { name: 'Pipelines' })
      .getByRole('link', { name: /^Sales/ })
      .click()
    const stages = editor.getByRole('list', { name: 'Stages' }).getByRole('listitem')
    await stages
      .nth(3)
      .getByTitle('Drag to another place')
      .dragTo(stages.nth(0), { targetPosition: { x: 60, y: 4 } })
    await expectAccessible(editor)
    await editor.getByRole('button', { name: 'Save', exact: true }).click()
    await editor.getByText('Saved', { exact: true }).waitFor(SOON)
    await board.locator('[data-cell]:first-child[aria-label="Negotiation"]').waitFor(SOON)
    await column(board, 'New').getByText('In CHF').waitFor(SOON)
    expect(complaints).toEqual([])
    await Promise.all([board.context().close(), editor.context().close()])
  })
}

const column = (page: Page, name: string) => page.getByRole('region', { name })
const card = (page: Page, dealId: string) => page.locator(`[data-card="${dealId}"]`)
