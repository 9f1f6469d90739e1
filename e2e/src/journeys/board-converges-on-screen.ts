import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, openSignedIn, startBrowser, visit } from '../browser.ts'
import { signUp } from '../people.ts'
import type { RunningSystem } from '../system.ts'

const SOON = { timeout: 20_000 }
const STAGES = ['new', 'qualified', 'proposal', 'negotiation']

/** One board in two browsers, moved from both by keyboard while a program moves other cards of it. */
export function boardConvergesOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('shows in both browsers the order that the server has, whatever was moved from where at once', async () => {
    const owner = await signUp(system(), `Converge ${crypto.randomUUID().slice(0, 8)}`)
    const { crm } = owner.client
    const deals: string[] = []
    // So few that a column shows all of them at once.
    for (let nth = 0; nth < 8; nth++) deals.push((await crm.createDeal({ body: { title: `Deal ${nth}` }, idempotencyKey: crypto.randomUUID() })).id)
    const [ofFirst, ofSecond, ofProgram] = [deals.slice(0, 2), deals.slice(2, 4), deals.slice(4)]
    const pages = await Promise.all([1, 2].map(async () => (await openSignedIn(browser, system(), {}, owner)).page))
    for (const page of pages) await visit(page, `${system().url}/deals/board`)
    for (const page of pages) await page.locator(`[data-card="${deals[0]}"]`).waitFor(SOON)
    const [first, second] = pages
    if (!first || !second) throw new Error('There are two pages.')

    const program = async () => {
      for (let nth = 0; nth < 60; nth++) {
        const [dealId, beside] = [ofProgram[(nth * 5) % ofProgram.length] ?? '', deals[(nth * 7) % deals.length] ?? '']
        const { stage: from } = await crm.getDeal({ params: { dealId } })
        const body = { from, stage: STAGES[(nth * 3) % STAGES.length] ?? 'new', ...(nth % 2 ? { afterId: beside } : {}) }
        await crm.moveDeal({ params: { dealId }, body, idempotencyKey: crypto.randomUUID() })
      }
    }
    await Promise.all([program(), carryOn(first, ofFirst), carryOn(second, ofSecond)])

    const columns = async () => (await crm.getBoard({ query: { limit: 50 } })).columns
    // What a page shows at once may still be on its way to the server.
    const inQualified = async () => (await columns()).find(({ stage }) => stage === 'qualified')?.cards.map(({ id }) => id)
    await expect.poll(inQualified, SOON).toEqual(expect.arrayContaining([...ofFirst, ...ofSecond]))
    const order = (await columns()).flatMap(({ cards }) => cards.map(({ id }) => id))
    for (const page of pages) {
      const shown = () => page.locator('[data-card]').evaluateAll((cards) => cards.map((card) => card.getAttribute('data-card')))
      await expect.poll(shown, SOON).toEqual(order)
    }
    await Promise.all(pages.map((page) => page.context().close()))
  })
}

/** Each card one stage on, by keyboard, seen there before the next. */
async function carryOn(page: Page, dealIds: readonly string[]): Promise<void> {
  for (const id of dealIds) {
    const card = page.locator(`[data-card="${id}"]`)
    await card.focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: 'Qualified' }).locator(`[data-card="${id}"]`).waitFor(SOON)
  }
}
