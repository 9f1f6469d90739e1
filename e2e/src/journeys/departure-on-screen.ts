import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, startBrowser, visit } from '../browser.ts'
import { linkFor, stranger } from '../people.ts'
import type { RunningSystem } from '../system.ts'

const PASSWORD = 'a long password of a leaver'

/** An organisation is deleted, kept, deleted again, and is gone: on screen, with a grace period of half a minute. */
export function departureOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('keeps an organisation that was to be deleted, then erases it', { timeout: 240_000 }, async () => {
    const name = `Leaving ${Date.now()}`
    const email = `leaver.${Date.now()}@example.org`
    const page = await (await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 900 } })).newPage()
    await signUp(page, system(), { name, email })
    await visit(page, `${system().url}/settings/organization`)

    await askToDelete(page, name)
    const banner = page.getByRole('region', { name: 'Delete organisation' })
    await banner.getByText(`${name} will be erased`).waitFor()
    await expectAccessible(page)
    await banner.getByRole('button', { name: 'Keep organisation' }).click()
    await page.getByText('The organisation stays.').waitFor()
    await banner.waitFor({ state: 'detached' })

    await askToDelete(page, name)
    await banner.waitFor()
    // The end of the grace period: the session is over, and there is nobody to sign in as.
    await page.waitForURL('**/sign-in**', { timeout: 180_000 })
    const answer = stranger(system()).auth.signIn({ body: { email, password: PASSWORD } })
    await expect(answer).rejects.toMatchObject({ status: expect.any(Number) })
    await page.context().close()
  })
}

async function signUp(page: Page, system: RunningSystem, { name, email }: { name: string; email: string }): Promise<void> {
  await stranger(system).auth.signUp({ body: { organizationName: name, name: 'Lea Leaver', email, password: PASSWORD, locale: 'en' } })
  await page.goto(await linkFor(system, email))
  await page.getByRole('button', { name: 'Open my inbox' }).click()
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/inbox/**')
}

async function askToDelete(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Delete organisation…' }).click()
  const dialog = page.getByRole('dialog')
  const confirm = dialog.getByRole('button', { name: 'Delete organisation' })
  expect(await confirm.isDisabled()).toBe(true)
  await dialog.getByLabel(`Type ${name} to confirm`).fill(name)
  await expectAccessible(page)
  await confirm.click()
  await dialog.waitFor({ state: 'detached' })
}
