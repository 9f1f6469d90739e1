import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closePages, signInOnScreen, startBrowser } from '../browser.ts'
import { HOSTILE_VECTORS } from '../html-mail/hostile-mails.ts'
import { sendMail } from '../people.ts'
import { DEMO, type RunningSystem } from '../system.ts'

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

export interface ImageWorld {
  /** `host:port`. */
  readonly host: string
  readonly requests: readonly IncomingHttpHeaders[]
  close(): void
}

/** A server of images somewhere in the world, which writes down who asks. */
export async function startImageWorld(): Promise<ImageWorld> {
  const requests: IncomingHttpHeaders[] = []
  const server: Server = createServer((request, response) => {
    requests.push(request.headers)
    response.end(PNG)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address: AddressInfo | string | null = server.address()
  return { host: `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, requests, close: () => server.close() }
}

/** HTML mail in the viewer of the product itself. */
export function htmlMailOnScreen(system: () => RunningSystem, images: () => ImageWorld): void {
  let browser: Awaited<ReturnType<typeof startBrowser>>
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => closePages(browser))

  async function showMail(html: string) {
    const screen = await signInOnScreen(browser, system())
    const { page } = screen
    const outside: string[] = []
    page.on('request', (request) => void (/^https?:/.test(request.url()) && !request.url().startsWith(system().url) && outside.push(request.url())))
    const customer = `html.${crypto.randomUUID()}@example.org`
    await sendMail(system(), { from: customer, to: DEMO.inbound, subject: 'With formatting', html })
    await page
      .getByRole('link', { name: new RegExp(customer) })
      .first()
      .click()
    const frame = page.locator('iframe[title*="Formatted message"]')
    await frame.waitFor()
    return { ...screen, frame, outside }
  }

  it('loads no remote image before somebody asks, and then without telling the sender who looks', async () => {
    const { page, frame, outside, complaints } = await showMail(`<p>Look:</p><img alt="pixel" src="http://${images().host}/pixel.png">`)
    const shown = frame.contentFrame().locator('img')
    await shown.waitFor({ state: 'attached' })
    expect(await shown.getAttribute('src')).toBeNull()
    expect(images().requests).toEqual([])

    await page.getByRole('button', { name: 'Show images' }).click()
    await expect.poll(() => shown.getAttribute('src'), { timeout: 20_000 }).toMatch(/^data:image\/png;base64,/)
    expect(images().requests).toHaveLength(1)
    expect(Object.keys(images().requests[0] ?? {}).toSorted()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent'])
    expect(images().requests[0]?.['user-agent']).toBe('ai-crm')
    expect(outside).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('shows hostile mail in a frame that runs nothing, calls nobody and leaves the app alone', async () => {
    const { page, frame, outside, complaints } = await showMail(HOSTILE_VECTORS.join('<hr>\n'))
    expect(await frame.getAttribute('sandbox')).toBe('allow-popups allow-popups-to-escape-sandbox')
    await frame.contentFrame().locator('body').waitFor()
    expect(outside).toEqual([])
    expect(complaints).toEqual([])
    expect(page.context().pages()).toHaveLength(1)
    await page.getByRole('button', { name: 'As plain text' }).click()
    await page.getByRole('button', { name: 'With formatting' }).waitFor()
    await page.context().close()
  })
}
