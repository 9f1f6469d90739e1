import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, openSignedIn, startBrowser, visit } from '../browser.ts'
import { join, signUp } from '../people.ts'
import type { RunningSystem } from '../system.ts'

const SOON = { timeout: 20_000 }

/** Files in Chromium: one of several pieces is added to a contact, is seen by a colleague at once, downloaded and deleted. */
export function filesOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('adds files to a contact, which a colleague sees at once and downloads byte for byte, and deletes one', async () => {
    const owner = await signUp(system(), 'Files & Co')
    const anna = await join(system(), owner, 'Anna Colleague')
    const { id } = await owner.client.crm.createContact({ body: { name: 'Ada Customer' }, idempotencyKey: crypto.randomUUID() })
    const [hers, mine] = [await openSignedIn(browser, system(), {}, anna), await openSignedIn(browser, system(), {}, owner)]
    for (const { page } of [hers, mine]) await visit(page, `${system().url}/contacts/${id}`)
    await hers.page.locator('[data-live=live]').waitFor()

    const contract = Buffer.from(Array.from({ length: 1_300_000 }, (_, n) => (n * 7919) % 251))
    await mine.page.locator('input[type=file]').setInputFiles([
      // Plain letters: without a locale Chromium suggests no others.
      { name: 'Offer 7.pdf', mimeType: 'application/pdf', buffer: contract },
      { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
    ])
    await mine.page.getByText('Not added: empty.txt').waitFor(SOON)
    const seen = hers.page.getByRole('list', { name: 'Files' })
    await seen.getByText('Offer 7.pdf').waitFor(SOON)
    await expectAccessible(mine.page)
    const [download] = await Promise.all([hers.page.waitForEvent('download'), seen.getByRole('button', { name: 'Download Offer 7.pdf' }).click()])
    expect(download.suggestedFilename()).toBe('Offer 7.pdf')
    expect((await readFile(await download.path())).equals(contract)).toBe(true)

    expect(await seen.getByRole('button', { name: 'Delete' }).count()).toBe(0)
    await mine.page.getByRole('list', { name: 'Files' }).getByText('Offer 7.pdf').hover()
    await mine.page.getByRole('button', { name: 'Delete Offer 7.pdf' }).click()
    await mine.page.getByText('Offer 7.pdf will be deleted.').waitFor(SOON)
    await hers.page.getByRole('list', { name: 'Timeline' }).getByText('File deleted').waitFor(SOON)
    await seen.waitFor({ state: 'detached', ...SOON })
    expect([hers.complaints, mine.complaints]).toEqual([[], []])
  })
}
