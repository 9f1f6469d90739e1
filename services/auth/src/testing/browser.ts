import { API_PREFIX } from '@ai-crm/contracts'
import { serviceOfApp, systemMailsTo } from '@ai-crm/testing'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

export interface BrowserAnswer {
  readonly status: number
  // Tests look at what really came.
  // oxlint-disable-next-line no-explicit-any
  readonly body: any
  readonly headers: Readonly<Record<string, unknown>>
}

/** Keeps cookies like a browser of its own: what "the same device" is about. */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly #app: FastifyInstance
  readonly #address: string

  constructor(app: FastifyInstance, address = '192.0.2.1') {
    this.#app = app
    this.#address = address
  }

  /** Sends the cookies as they are now, and keeps what comes back. */
  async send(path: string, body?: unknown, token?: string): Promise<BrowserAnswer> {
    return this.#ask('POST', path, body, token === undefined ? {} : { authorization: `Bearer ${token}` })
  }

  /** The same; a sign-up goes on with the link of its mail, as a person would. */
  async post(path: string, body?: unknown, token?: string): Promise<BrowserAnswer> {
    const answer = await this.send(path, body, token)
    return path === '/auth/sign-up' && answer.status === 202 ? this.#openSignUpLink(body) : answer
  }

  async #openSignUpLink(body: unknown): Promise<BrowserAnswer> {
    const { email } = z.object({ email: z.string() }).parse(body)
    const mail = (await systemMailsTo(serviceOfApp(this.#app), email)).findLast(({ template }) => template === 'verify-email')
    if (!mail) throw new Error(`No link was sent to ${email}.`)
    return this.send('/auth/sign-up/confirm', { token: mail.token })
  }

  async delete(path: string, token: string): Promise<BrowserAnswer> {
    return this.#ask('DELETE', path, undefined, { authorization: `Bearer ${token}` })
  }

  /** With a token, a fresh Idempotency-Key and, where it is given, If-Match: what the web app sends. */
  async call(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, token: string, body?: unknown, version?: number): Promise<BrowserAnswer> {
    return this.#ask(method, path, body, {
      authorization: `Bearer ${token}`,
      'idempotency-key': crypto.randomUUID(),
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
    })
  }

  async put(path: string, body: unknown, token: string): Promise<BrowserAnswer> {
    return this.#ask('PUT', path, body, { authorization: `Bearer ${token}` })
  }

  async get(path: string, token: string): Promise<BrowserAnswer> {
    return this.#ask('GET', path, undefined, { authorization: `Bearer ${token}` })
  }

  async #ask(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body: unknown, headers: Record<string, string>): Promise<BrowserAnswer> {
    const response = await this.#app.inject({
      method,
      url: API_PREFIX + path,
      remoteAddress: this.#address,
      headers: {
        ...headers,
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
    for (const { name, value, maxAge } of response.cookies)
      if (maxAge === 0) this.cookies.delete(name)
      else this.cookies.set(name, value)
    return { status: response.statusCode, body: response.body === '' ? undefined : response.json(), headers: response.headers }
  }
}

let people = 0

/** A sign-up that nobody has made before. */
export function newPerson(given: Partial<{ email: string; organizationName: string }> = {}) {
  people += 1
  return { organizationName: `Organisation ${people}`, name: 'Ada', email: `person${people}@example.org`, password: 'correct horse', ...given }
}
