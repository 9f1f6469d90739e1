import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, expectAccessible, openSignedIn, settled, startBrowser, visit } from '../browser.ts'
import { signInToDemo } from '../people.ts'
import type { RunningSystem } from '../system.ts'

const PAGES = [
  '/inbox/open',
  '/contacts',
  '/companies',
  '/deals',
  '/deals/board',
  '/deals/forecast',
  '/tasks',
  '/import',
  '/duplicates',
  '/settings/profile',
  '/settings/security',
  '/settings/pipelines',
  '/settings/currencies',
  '/settings/fields',
  '/settings/tags',
  '/settings/trash',
  '/settings/channels',
  '/settings/local-mailbox',
  '/settings/ai',
  '/settings/members',
  '/settings/teams',
  '/settings/organization',
  '/settings/invitations',
  '/settings/roles',
  '/settings/sessions',
  '/settings/security-log',
  '/settings/api-keys',
  '/settings/webhooks',
  '/settings/switches',
  '/settings/single-sign-on',
]

/** The button behind which everybody finds the way out: the organisation's name, or "more" on a phone. */
const MENUS = { wide: 'Demo', phone: 'Ещё' } as const

/** Every page in both themes and languages, wide and on a phone: nothing for axe, nothing on the console, nothing beside the screen. */
export function accessiblePages(system: () => RunningSystem): void {
  let browser: Browser
  let panel = ''
  beforeAll(async () => {
    browser = await startBrowser()
    const { client } = await signInToDemo(system())
    const { id } = await client.crm.createContact({ body: { name: 'Ada Beside' }, idempotencyKey: crypto.randomUUID() })
    // On a phone it leads to the page.
    panel = `/contacts?open=${id}`
  })
  afterAll(() => closePages(browser))

  /** By its address, as a link from elsewhere opens it. */
  const open = async (page: Page, url: string) => {
    await page.goto(url)
    await page.getByRole('heading').first().waitFor()
    await page.waitForLoadState('networkidle')
    await settled(page)
  }
  /** From the page before it. */
  const walk = async (page: Page, url: string) => {
    await visit(page, url)
    await page.getByRole('heading').first().waitFor()
    await settled(page)
  }

  // Each address by itself once; the rest of the looks walk, which costs a third. Side by side: they wait for answers now and then.
  it.concurrent.each([
    { theme: 'light', locale: 'ru-RU', width: 1440, comes: 'opened by its address', to: open },
    { theme: 'dark', locale: 'en-US', width: 1440, comes: 'walked to', to: walk },
    { theme: 'dark', locale: 'ru-RU', width: 390, comes: 'walked to', to: walk },
  ] as const)('is accessible on every page, with the way out in sight: $theme, $locale, $width px, $comes', { timeout: 900_000 }, async (look) => {
    const { theme, locale, width, to } = look
    const { page, complaints } = await openSignedIn(browser, system(), { colorScheme: theme, locale, viewport: { width, height: 844 } })
    await page.addInitScript((chosen) => localStorage.setItem('ai-crm.locale', chosen), locale.slice(0, 2))
    const menu = page.getByRole('button', { name: width < 768 ? MENUS.phone : MENUS.wide, exact: true })
    for (const path of [...PAGES, panel]) {
      await to(page, system().url + path)
      expect(await unanswered(page), path).toEqual([])
      await expectAccessible(page)
      expect(await menu.isVisible(), path).toBe(true)
      expect(await beyondTheScreen(page), path).toEqual({ width: 0, height: 0 })
    }
    await menu.click()
    await page.getByRole('menuitem', { name: /^(Sign out|Выйти)/ }).click()
    await page.waitForURL('**/sign-in')
    // A busy machine sheds a read now and then; the page asks again by itself, and has had its answer (above).
    expect(complaints.filter((line) => !line.includes('status of 503'))).toEqual([])
    await page.context().close()
  })
}

/** What is shown and was refused, after every repetition. */
const unanswered = (page: Page): Promise<unknown> =>
  page.evaluate(`window.__TSR_ROUTER__.options.context.queryClient.getQueryCache().getAll()
    .filter((query) => query.isActive() && query.state.status === 'error')
    .map((query) => query.queryHash + ': ' + query.state.error)`)

/** Pages scroll in themselves: beside and below the window there is nothing. */
const beyondTheScreen = (page: Page): Promise<unknown> =>
  page.evaluate(`({
    width: Math.max(0, document.documentElement.scrollWidth - innerWidth),
    height: Math.max(0, document.documentElement.scrollHeight - innerHeight),
  })`)
