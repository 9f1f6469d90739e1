import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, startBrowser, visit } from '../browser.ts'
import { linkFor, stranger } from '../people.ts'
import type { RunningSystem } from '../system.ts'

const PASSWORD = 'a long password of a mover'

/** An owner exports everything, watches it, downloads and deletes the archive: on screen. */
export function exportOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('exports an organisation, saves the archive and deletes it', { timeout: 240_000 }, async () => {
    const name = `Moving ${Date.now()}`
    const email = `mover.${Date.now()}@example.org`
    const page = await (await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 900 }, acceptDownloads: true })).newPage()
    await signUp(page, system(), { name, email })
    await visit(page, `${system().url}/settings/organization`)

    // From deleting, the way leads to exporting first.
    await page.getByRole('button', { name: 'Delete organisation…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Export everything first' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Export everything…' }).click()
    await expectAccessible(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Start export' }).click()

    const saving = page.getByRole('button', { name: 'Download' })
    await saving.waitFor({ timeout: 120_000 })
    await expectAccessible(page)
    const [download] = await Promise.all([page.waitForEvent('download'), saving.click()])
    expect(download.suggestedFilename()).toMatch(/^moving-.*\.tar\.gz$/)
    const archive = gunzipSync(await readFile(await download.path())).toString('latin1')
    for (const part of [
      'manifest.json',
      'SHA256SUMS',
      'auth/membership.jsonl',
      'crm/contact.jsonl',
      'messaging/channel.jsonl',
      'ai/ai_settings.jsonl',
      'webhook/subscription.jsonl',
    ])
      expect(archive).toContain(part)
    expect(archive).toContain(email)

    await page.getByRole('button', { name: 'Delete archive…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete archive' }).click()
    await page.getByRole('list', { name: 'Earlier exports' }).getByText('Deleted').waitFor()
    await visit(page, `${system().url}/settings/security-log`)
    for (const entry of ['Export of everything asked for', 'Export of everything ready', 'Export of everything downloaded', 'Exported archive deleted'])
      await page.getByText(entry).waitFor()
    await page.context().close()
  })
}

async function signUp(page: Page, system: RunningSystem, { name, email }: { name: string; email: string }): Promise<void> {
  await stranger(system).auth.signUp({ body: { organizationName: name, name: 'Mo Mover', email, password: PASSWORD, locale: 'en' } })
  await page.goto(await linkFor(system, email))
  await page.getByRole('button', { name: 'Open my inbox' }).click()
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/inbox/**')
}
