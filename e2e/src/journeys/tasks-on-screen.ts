import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, openSignedIn, signInOnScreen, startBrowser, visit } from '../browser.ts'
import { signInToDemo } from '../people.ts'
import { DEMO, type RunningSystem } from '../system.ts'

const SOON = { timeout: 20_000 }

/** Tasks in Chromium: noted on a contact's page, made by keyboard, completed and taken back, and told of in time. */
export function tasksOnScreen(system: () => RunningSystem): void {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  it('notes a task on the page of a contact, completes it in the list by keyboard, and takes that back', async () => {
    const { client } = await signInToDemo(system())
    const mark = crypto.randomUUID().slice(0, 8)
    const { id } = await client.crm.createContact({ body: { name: `Ada ${mark}` }, idempotencyKey: crypto.randomUUID() })
    const { page, complaints } = await openSignedIn(browser, system())
    await visit(page, `${system().url}/contacts/${id}`)
    await page.getByLabel('Add a task…').fill(`Call ${mark}`)
    await page.keyboard.press('Enter')
    await page
      .getByRole('list', { name: 'Tasks' })
      .getByRole('button', { name: `Call ${mark}`, exact: true })
      .waitFor()
    await page.getByRole('list', { name: 'Timeline' }).getByText('Task created').waitFor(SOON)
    await expectAccessible(page)

    await page.keyboard.press('Escape')
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('g')
    await page.keyboard.press('t')
    const row = page.getByRole('list', { name: 'Without a date' }).getByRole('listitem').filter({ hasText: mark })
    await row.getByRole('link', { name: `Ada ${mark}` }).waitFor()
    for (let presses = 0; (await row.locator('[data-selected]').count()) === 0 && presses < 50; presses++) await page.keyboard.press('j')
    await page.keyboard.press('e')
    await row.waitFor({ state: 'detached', ...SOON })
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await row.waitFor(SOON)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Task' })
    await dialog.getByLabel('Due').fill('01/02/2020')
    await dialog.getByLabel('Time', { exact: true }).fill('10:00')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('list', { name: 'Overdue' }).getByText(`Call ${mark}`).waitFor(SOON)
    await page.getByRole('link', { name: /^Tasks\s*Overdue: \d/ }).waitFor(SOON)
    await expectAccessible(page)
    const [task] = (await client.crm.listTasks({ query: { contactId: id } })).items
    expect(task).toMatchObject({ title: `Call ${mark}`, aboutName: `Ada ${mark}`, doneAt: null })
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('makes the next one of a task that repeats when it is done, and takes it back with the undo', async () => {
    const { client } = await signInToDemo(system())
    const title = `Report ${crypto.randomUUID().slice(0, 8)}`
    const { page, complaints } = await openSignedIn(browser, system())
    await visit(page, `${system().url}/tasks`)
    await page.getByRole('button', { name: 'Create task' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Create task' })
    await dialog.getByLabel('What is to be done').fill(title)
    expect(await dialog.getByLabel('Repeats').isDisabled()).toBe(true)
    await dialog.getByLabel('Due').fill('01/02/2020')
    await dialog.getByLabel('Time', { exact: true }).fill('10:00')
    await dialog.getByLabel('Repeats').selectOption('Every week')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Create task' }).click()
    const overdue = page.getByRole('list', { name: 'Overdue' }).getByRole('listitem').filter({ hasText: title })
    await overdue.getByRole('img', { name: 'Every week' }).waitFor(SOON)

    // What others see comes first: the row is gone when the answer arrives, which brings the way back all the same.
    await page.locator('[data-live=live]').waitFor(SOON)
    await page.route('**/api/v1/tasks/*', async (route) => {
      const response = await route.fetch()
      await overdue.waitFor({ state: 'detached', ...SOON })
      await route.fulfill({ response })
    })
    await overdue.getByRole('checkbox').click()
    await page.getByText(`Done: ${title}. The next one is made.`).waitFor(SOON)
    await page.unrouteAll({ behavior: 'wait' })
    await page.getByRole('listitem').filter({ hasText: title }).getByRole('img', { name: 'Every week' }).waitFor(SOON)
    const open = async () => (await client.crm.listTasks({ query: { limit: 100 } })).items.filter((task) => task.title === title)
    const [next, ...others] = await open()
    expect(others).toEqual([])
    expect(Date.parse(next?.dueAt ?? '')).toBeGreaterThan(Date.now())
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await overdue.waitFor(SOON)
    await expect.poll(async () => (await open()).map(({ dueAt }) => dueAt)).toHaveLength(1)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('reminds on the screen, where that leads to the task, and by mail', async () => {
    const { client } = await signInToDemo(system())
    const mark = crypto.randomUUID().slice(0, 8)
    const { page, complaints } = await signInOnScreen(browser, system())
    await page.locator('[data-live=live]').waitFor()
    const remindAt = new Date().toISOString()
    await client.crm.createTask({ body: { title: `Write ${mark}`, remindAt }, idempotencyKey: crypto.randomUUID() })
    await page.getByText(`Reminder: Write ${mark}`).waitFor(SOON)
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await expect.poll(() => page.getByRole('dialog', { name: 'Task' }).getByLabel('What is to be done').inputValue()).toBe(`Write ${mark}`)
    const mails = async () => (await client.messaging.listSystemMails({ query: {} })).items
    await expect.poll(mails).toContainEqual(expect.objectContaining({ to: DEMO.email, template: 'task-reminder', state: 'sent' }))
    expect(complaints).toEqual([])
    await page.context().close()
  })
}
