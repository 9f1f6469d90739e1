import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, openSignedIn, startBrowser, visit } from '../browser.ts'
import { sendMail } from '../people.ts'
import { DEMO, type RunningSystem } from '../system.ts'

/** A colleague's day in Chromium: triage, notes that drafts use, the contact's story, settings. */
export function dayOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  /** Opens the conversation of a new customer. */
  async function openConversation(page: Page, text: string): Promise<string> {
    const name = `Dora Day ${crypto.randomUUID().slice(0, 8)}`
    await visit(page, `${system().url}/inbox/open`)
    await sendMail(system(), { from: `${name} <day.${crypto.randomUUID()}@example.org>`, to: DEMO.inbound, subject: 'A question', text })
    await page.getByRole('link', { name: new RegExp(name) }).click()
    await page.getByRole('article', { name }).waitFor()
    return name
  }
  const rowIn = async (page: Page, folder: string, name: string) => {
    await visit(page, `${system().url}/inbox/${folder}`)
    return page.getByRole('link', { name: new RegExp(name) })
  }

  it('takes, snoozes, finishes and reopens a conversation, and finds it in the folder of each', async () => {
    const { page, complaints } = await openSignedIn(browser, system())
    const name = await openConversation(page, 'Hello, do you have time on Monday?')
    const url = page.url()

    await page.getByRole('button', { name: 'Assign', exact: true }).click()
    await page.getByRole('menuitem', { name: /Assign to me/ }).click()
    await page.getByRole('button', { name: /^Assigned to/ }).waitFor()
    await (await rowIn(page, 'mine', name)).waitFor()

    await visit(page, url)
    await page.getByRole('button', { name: 'Snooze', exact: true }).click()
    await page.getByRole('menuitem', { name: /Tomorrow/ }).click()
    await page.getByText('Snoozed.', { exact: true }).waitFor()
    await (await rowIn(page, 'snoozed', name)).waitFor()

    await visit(page, url)
    await page.getByRole('button', { name: /^Reopen/ }).click()
    await page.getByRole('button', { name: /^Done/ }).click()
    await page.getByText('Marked as done.').waitFor()
    await (await rowIn(page, 'closed', name)).waitFor()
    const open = await rowIn(page, 'open', name)
    await open.waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('writes a note, and sees it as the source of the next draft', async () => {
    const { page, complaints } = await openSignedIn(browser, system())
    const title = `Turbine prices ${crypto.randomUUID().slice(0, 8)}`
    await visit(page, `${system().url}/settings/ai`)
    await page.getByRole('button', { name: 'Write note' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Title').fill(title)
    await dialog.getByLabel('Text').fill('The turbine costs 1700 euros. Its price includes installation.')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('listitem').filter({ hasText: title }).waitFor()

    await openConversation(page, 'Hello, what is the price of the turbine?')
    const draft = page.getByRole('region', { name: /AI draft/ })
    await draft.getByText(title).first().waitFor()
    await draft
      .getByText(/1700 euros/)
      .first()
      .waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('tells the story of a contact from the first mail on', async () => {
    const { page, complaints } = await openSignedIn(browser, system())
    const name = await openConversation(page, 'Hello, please send me your catalogue.')
    await visit(page, `${system().url}/contacts`)
    await page
      .getByRole('link', { name: new RegExp(name) })
      .first()
      .click()
    const story = page.getByRole('list', { name: 'Timeline' })
    await story.getByText('please send me your catalogue', { exact: false }).first().waitFor()
    expect(await story.getByRole('listitem').count()).toBeGreaterThanOrEqual(2)
    await expectAccessible(page)
    await story.getByRole('link').first().click()
    await page.waitForURL('**/inbox/all/**')
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('keeps a changed signature of the channel', async () => {
    const { page, complaints } = await openSignedIn(browser, system())
    const signature = `Demo Team ${crypto.randomUUID().slice(0, 8)}`
    await visit(page, `${system().url}/settings/channels`)
    await page.getByLabel('Signature').fill(signature)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved', { exact: true }).first().waitFor()
    await page.reload()
    expect(await page.getByLabel('Signature').inputValue()).toBe(signature)

    expect(complaints).toEqual([])
    await page.context().close()
  })
}
