import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, openSignedIn, startBrowser, visit } from '../browser.ts'
import { signUp } from '../people.ts'
import type { RunningSystem } from '../system.ts'

const SOON = { timeout: 60_000 }

/** Somebody is erased from the trash: what would go is shown, the name is typed, and the report says what went. */
export function erasureOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('erases somebody who is in the trash, by keyboard, once their name is typed', async () => {
    const owner = await signUp(system(), 'Erasure & Co')
    const name = 'Greta Gone'
    const { id } = await owner.client.crm.createContact({ body: { name, email: 'greta@gone.example' }, idempotencyKey: crypto.randomUUID() })
    await owner.client.crm.deleteContact({ params: { contactId: id } })

    const { page, complaints } = await openSignedIn(browser, system(), {}, owner)
    const missing: string[] = []
    page.on('response', (answer) => void (answer.status() === 404 && missing.push(new URL(answer.url()).pathname)))
    await visit(page, `${system().url}/settings/trash`)
    await page.getByRole('button', { name: `Erase ${name} for good…` }).press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('contacts:').waitFor(SOON)
    expect(await dialog.getByRole('button', { name: 'Erase for good' }).isDisabled()).toBe(true)
    await expectAccessible(page)
    await dialog.getByLabel(`Type “${name}” to confirm`).fill(name)
    await page.keyboard.press('Enter')

    await page.waitForURL('**/settings/erasures')
    const main = page.getByRole('main')
    await main.getByText('Done', { exact: true }).waitFor(SOON)
    expect(await main.textContent()).not.toContain('Greta')
    await expectAccessible(page)
    await visit(page, `${system().url}/settings/trash`)
    await page.getByText('Nothing is in the trash').waitFor(SOON)
    await expect.poll(() => page.getByText(name).count()).toBe(0)
    // A service that has nothing about somebody answers 404, and the dialog leaves it out.
    expect(missing.filter((path) => !path.includes('/person-data/'))).toEqual([])
    expect(complaints.filter((text) => !text.includes('status of 404'))).toEqual([])
    await page.context().close()
  })
}
