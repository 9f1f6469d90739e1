import { API_PREFIX } from '@ai-crm/contracts'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'

export interface Answer {
  readonly status: number
  /** Parsed JSON; undefined where there is none. Untyped on purpose: tests look at what really came. */
  // oxlint-disable-next-line no-explicit-any
  readonly body: any
  readonly headers: LightMyRequestResponse['headers']
  /** As it came, for answers that are no JSON. */
  readonly raw: Buffer
}

type Headers = Readonly<Record<string, string>>

/** Somebody who is signed in: speaks HTTP as the web app does, with a fresh Idempotency-Key for every effect. */
export interface Agent {
  readonly organizationId: string
  readonly userId: string
  readonly sessionId: string
  readonly token: string
  get(path: string, headers?: Headers): Promise<Answer>
  post(path: string, body?: unknown, headers?: Headers): Promise<Answer>
  put(path: string, body?: unknown, headers?: Headers): Promise<Answer>
  /** `version` becomes If-Match. */
  patch(path: string, body: unknown, options?: { version?: number; headers?: Headers }): Promise<Answer>
  delete(path: string, headers?: Headers): Promise<Answer>
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export function createAgent(app: FastifyInstance, identity: Pick<Agent, 'organizationId' | 'userId' | 'sessionId' | 'token'>): Agent {
  const ask = async (method: Method, path: string, body: unknown, headers: Headers): Promise<Answer> => {
    const response = await app.inject({
      method,
      url: API_PREFIX + path,
      headers: {
        authorization: `Bearer ${identity.token}`,
        ...(method === 'GET' ? {} : { 'idempotency-key': crypto.randomUUID() }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
    return answerOf(response)
  }
  return {
    ...identity,
    get: (path, headers = {}) => ask('GET', path, undefined, headers),
    post: (path, body, headers = {}) => ask('POST', path, body, headers),
    put: (path, body, headers = {}) => ask('PUT', path, body, headers),
    patch: (path, body, { version, headers = {} } = {}) =>
      ask('PATCH', path, body, { ...(version === undefined ? {} : { 'if-match': `"${version}"` }), ...headers }),
    delete: (path, headers = {}) => ask('DELETE', path, undefined, headers),
  }
}

export function answerOf(response: LightMyRequestResponse): Answer {
  const isJson = /\/(problem\+)?json/.test(String(response.headers['content-type'] ?? ''))
  return {
    status: response.statusCode,
    body: isJson && response.body !== '' ? response.json() : undefined,
    headers: response.headers,
    raw: response.rawPayload,
  }
}
