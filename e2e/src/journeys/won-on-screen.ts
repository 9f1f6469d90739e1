import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, openSignedIn, startBrowser, visit } from '../browser.ts'
import { signUp } from '../people.ts'
import type { RunningSystem } from '../system.ts'

const SOON = { timeout: 20_000 }

/** A won deal in Chromium: what happens is said in the pipeline, fails for somebody who has left, is mended, tried again and seen live. */
export function wonOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('hands a won deal over as its pipeline says, or says why not and lets it be tried again', async () => {
    const owner = await signUp(system(), `Won ${crypto.randomUUID().slice(0, 8)}`)
    const { client } = owner
    const { id: userId, name } = owner.session.me.user
    const [pipeline] = (await client.pipeline.listPipelines()).items
    const plan = { ownerId: crypto.randomUUID(), tasks: [] }
    const params = { pipelineId: pipeline?.id ?? '' }
    await client.pipeline.updatePipeline({ params, body: { handOver: plan }, ifMatch: pipeline?.version ?? 1, idempotencyKey: crypto.randomUUID() })
    const deal = await client.crm.createDeal({ body: { title: 'Turbines', ownerId: null }, idempotencyKey: crypto.randomUUID() })
    const { page, complaints } = await openSignedIn(browser, system(), {}, owner)
    await visit(page, `${system().url}/deals/${deal.id}`)
    await page.getByRole('button', { name: 'Move to Won' }).click()
    await page.getByText('Not handed over').first().waitFor(SOON)
    await page.getByText('Whoever is to own it is not in the organisation any more.').first().waitFor(SOON)
    await expectAccessible(page)

    await page.getByRole('link', { name: 'Change what happens' }).click()
    await page.getByLabel('The deal then belongs to').selectOption({ label: name })
    await page.getByRole('group', { name: 'What is to be done next' }).getByRole('button', { name: 'Add task' }).click()
    await page.getByLabel('Task 1', { exact: true }).fill('Send the invoice')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Saved', { exact: true }).waitFor(SOON)

    await visit(page, `${system().url}/deals/${deal.id}`)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText(`Now with ${name}. 1 task.`).waitFor(SOON)
    await page.getByText('Send the invoice').first().waitFor(SOON)
    await page.getByText('Deal handed over').waitFor(SOON)
    expect((await client.crm.getDeal({ params: { dealId: deal.id } })).ownerId).toBe(userId)
    expect(complaints).toEqual([])
    await page.context().close()
  })
}
