import { ensureChromium } from '@ai-crm/testing/servers'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { DEMO, type RunningSystem } from './system.ts'

/** One for all journeys of a worker: starting it costs as much as a short journey. It goes with the process. */
let shared: Promise<Browser> | null = null

/** Headless Chromium, without the services that would look for the network. Whoever is done calls `closePages`. */
export async function startBrowser(): Promise<Browser> {
  shared ??= launch()
  const browser = await shared
  if (browser.isConnected()) return browser
  shared = launch()
  return shared
}

/** Each context is a browser of its own to the product: none is left to the next journey. */
export async function closePages(browser: Browser | undefined): Promise<void> {
  await Promise.all((browser?.contexts() ?? []).map((context) => context.close()))
}

const launch = async (): Promise<Browser> =>
  chromium.launch({
    executablePath: await ensureChromium((line) => console.log(line)),
    // What moves is painted by the processor here, sixty times a second.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--force-prefers-reduced-motion'],
  })

export interface Screen {
  readonly page: Page
  /** What the page complained about: script errors and refused content. Must stay empty. */
  readonly complaints: readonly string[]
}

/** What the app remembers beside the cookie: that there may be a session to go on with. */
const SESSION_HINT = { name: 'ai-crm.signed-in', value: 'yes' }

/**
 * A browser of its own (no shared cookies), signed in to the demo organisation unless somebody else is named, on no page yet.
 * By the endpoint: the form is looked at where accounts are, and loading it costs as much as a short journey.
 */
export async function openSignedIn(
  browser: Browser,
  system: RunningSystem,
  options: BrowserContextOptions = {},
  { email, password }: { readonly email: string; readonly password: string } = DEMO,
): Promise<Screen> {
  const storageState = { cookies: [], origins: [{ origin: system.url, localStorage: [SESSION_HINT] }] }
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', storageState, ...options })
  const answer = await context.request.post(`${system.url}/api/v1/auth/sign-in`, { data: { email, password }, headers: { origin: system.url } })
  if (!answer.ok()) throw new Error(`${email} could not sign in: ${answer.status()} ${await answer.text()}`)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|409)/.test(message.text())) complaints.push(`${message.text()} ${message.location().url}`)
  })
  return { page, complaints }
}

/** The same, in the inbox. */
export async function signInOnScreen(...[browser, system, ...rest]: Parameters<typeof openSignedIn>): Promise<Screen> {
  const screen = await openSignedIn(browser, system, ...rest)
  await screen.page.goto(system.url)
  await screen.page.waitForURL('**/inbox/**')
  return screen
}

/**
 * To a page of the app, as a link leads there: the app stays loaded where it runs already, and what it has open (toasts, live
 * connection, cache) stays with it. Loading it anew costs a second of a processor; `page.goto` is for journeys that are about that.
 * Resolves once the app has put the new page in the place of the old one; what the page asks for may still be on its way.
 */
export async function visit(page: Page, url: string): Promise<void> {
  const isThere = await page.evaluate(walkInside(new URL(url)))
  if (isThere !== true) await page.goto(url)
}

/** Run in the page: true when the app stood there and has walked. Its router stands on the window and hears of `pushState`. */
const walkInside = ({ origin, pathname, search, hash }: URL): string => `(async () => {
  const router = window.__TSR_ROUTER__
  if (!router || location.origin !== ${JSON.stringify(origin)}) return false
  while (router.state.status !== 'idle') await new Promise((resolve) => setTimeout(resolve, 20))
  const key = crypto.randomUUID()
  const state = { __TSR_index: (history.state?.__TSR_index ?? 0) + 1, key, __TSR_key: key }
  await new Promise((resolve) => {
    const stop = router.subscribe('onResolved', () => resolve(stop()))
    history.pushState(state, '', ${JSON.stringify(pathname + search + hash)})
  })
  return true
})()`

/** Nothing is asked for any more: two looks in a row, for what one answer makes the page ask next. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    const { queryClient } = window.__TSR_ROUTER__.options.context
    for (let quiet = 0; quiet < 2; quiet = queryClient.isFetching() === 0 ? quiet + 1 : 0) await new Promise((resolve) => setTimeout(resolve, 50))
  })()`)
}

/** It has the focus, itself or within: a key pressed before went elsewhere. */
export const focused = (place: Locator): Promise<void> => place.and(place.page().locator(':focus, :has(:focus)')).waitFor()

let isLooking = true
/** Whether axe looks at the pages of what is walked now: once is enough for pages that are the same in both ways. */
export const axeLooks = (does: boolean): void => void (isLooking = does)

/** Nothing that axe finds is shipped (WCAG 2.1 A and AA). */
export async function expectAccessible(page: Page): Promise<void> {
  if (!isLooking) return
  // Without frames the old way of running finds the same in half of the time: it opens no second page to put the parts together.
  const isOneFrame = page.frames().length === 1
  // What holds is not told one element at a time: that costs as much as looking.
  const looking = new AxeBuilder({ page }).setLegacyMode(isOneFrame).options({ resultTypes: ['violations'] })
  const { violations } = await looking.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([])
}
