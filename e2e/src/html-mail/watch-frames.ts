import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'

/** What a document did that it must not. All of it must stay empty. */
export interface Misdeeds {
  scriptRuns: number
  requests: string[]
  navigations: string[]
  popups: number
  /** Of the page around the frames, or in the frames. */
  damage: string[]
}

export interface FramedDocuments {
  documents: readonly string[]
  /** Of the frames. */
  sandbox: string
  /** Where the frames are of our origin: whether to fire every event at every element, and to look where links lead. */
  isProvoked: boolean
}

const SETTLE_MS = 150
const IN_PAGE = readFileSync(new URL('./in-page.js', import.meta.url), 'utf8')
const HOST_PAGE = `<!doctype html><title>host</title><div id="app">the app</div><div id="frames"></div><script>${IN_PAGE}</script>`

/** A page of its own origin for each lot of documents, with nothing but frames in it. */
export async function openHost(browser: Browser) {
  const server = createServer((_request, response) => void response.setHeader('content-type', 'text/html').end(HOST_PAGE))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address: AddressInfo | string | null = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`

  return {
    close: () => server.close(),
    async watch(framed: FramedDocuments): Promise<Misdeeds> {
      const context = await browser.newContext()
      const page = await context.newPage()
      const seen: Misdeeds = { scriptRuns: 0, requests: [], navigations: [], popups: 0, damage: [] }
      // What a policy refuses never comes here: this is what would have left the browser.
      await context.route('**/*', (route) => {
        if (route.request().url() === url) return route.continue()
        seen.requests.push(route.request().url())
        return route.abort()
      })
      page.on('dialog', (dialog) => {
        seen.scriptRuns += 1
        void dialog.dismiss()
      })
      context.on('page', (other) => void (other === page || (seen.popups += 1)))
      await page.goto(url)
      page.on('framenavigated', (frame) => void (/^(?:about:(?:srcdoc|blank)|chrome-error:.*|)$/.test(frame.url()) || seen.navigations.push(frame.url())))
      await page.evaluate(`putFrames(${JSON.stringify(framed)})`)
      await page.waitForTimeout(SETTLE_MS)
      if (framed.isProvoked) seen.damage.push(...(await page.evaluate<string[]>('provoke()')))
      const state = await page.evaluate<{ runs: number; damage: string[] }>('lookAround()')
      seen.scriptRuns += state.runs
      seen.damage.push(...state.damage)
      await context.close()
      return seen
    },
  }
}
