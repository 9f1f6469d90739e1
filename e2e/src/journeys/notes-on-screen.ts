import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, focused, openSignedIn, settled, signInOnScreen, startBrowser, visit } from '../browser.ts'
import { join, signUp } from '../people.ts'
import type { RunningSystem } from '../system.ts'

const SOON = { timeout: 20_000 }

/** Notes in Chromium: a colleague is mentioned by keyboard, is told on the screen and by mail, and answers. */
export function notesOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('mentions a colleague, who is told wherever they are, reads the note and cannot change it', async () => {
    const owner = await signUp(system(), 'Notes & Co')
    const anna = await join(system(), owner, 'Anna Colleague')
    const { id } = await owner.client.crm.createContact({ body: { name: 'Ada Customer' }, idempotencyKey: crypto.randomUUID() })
    const hers = await signInOnScreen(browser, system(), {}, anna)
    await hers.page.locator('[data-live=live]').waitFor()

    const { page, complaints } = await openSignedIn(browser, system(), {}, owner)
    await visit(page, `${system().url}/contacts/${id}`)
    await page.getByLabel('Write a note', { exact: true }).waitFor()
    await settled(page)
    await page.keyboard.press('n')
    await focused(page.getByLabel('Write a note', { exact: true }))
    await page.keyboard.type('Prefers calls, ')
    // Looking something up is no reason to lose it, nor to have it elsewhere.
    await page.keyboard.press('Control+k')
    await page.getByRole('option', { name: 'Companies' }).click()
    await page.waitForURL('**/companies')
    await visit(page, `${system().url}/contacts/${id}`)
    await expect.poll(() => page.getByLabel('Write a note', { exact: true }).inputValue(), SOON).toBe('Prefers calls, ')
    await settled(page)
    await page.keyboard.press('n')
    await focused(page.getByLabel('Write a note', { exact: true }))
    await page.keyboard.type('@col')
    await page.getByRole('listbox', { name: 'Colleagues' }).getByRole('option', { name: 'Anna Colleague' }).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await page.keyboard.type('knows her')
    await page.keyboard.press('Control+Enter')
    const note = page.getByRole('list', { name: 'Notes' }).getByRole('article')
    await note.getByText('@Anna Colleague').waitFor(SOON)
    await page.getByRole('list', { name: 'Timeline' }).getByText('Note written').waitFor(SOON)

    await hers.page.getByText('Olga Owner mentioned you in a note').waitFor(SOON)
    await hers.page.getByRole('button', { name: 'Open', exact: true }).click()
    const seen = hers.page.getByRole('list', { name: 'Notes' }).getByRole('article')
    await seen.getByText('knows her').waitFor(SOON)
    expect(await seen.getByRole('button', { name: 'Edit note' }).count()).toBe(0)
    const mails = async () => (await owner.client.messaging.listSystemMails({ query: {} })).items
    await expect.poll(mails).toContainEqual(expect.objectContaining({ to: anna.email, template: 'note-mention', state: 'sent' }))

    await note.hover()
    await note.getByRole('button', { name: 'Edit note' }).click()
    await page.getByLabel('Edit note').press('End')
    await page.keyboard.type(' well')
    await page.keyboard.press('Control+Enter')
    await note.getByText('edited').waitFor(SOON)
    await seen.getByText('knows her well').waitFor(SOON)
    await expectAccessible(page)
    expect([complaints, hers.complaints]).toEqual([[], []])
    await page.context().close()
    await hers.page.context().close()
  })
}
