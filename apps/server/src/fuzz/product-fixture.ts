import ai from '@ai-crm/ai'
import auth from '@ai-crm/auth'
import { API_PREFIX } from '@ai-crm/contracts'
import crm from '@ai-crm/crm'
import messaging from '@ai-crm/messaging'
import { createOpenApiDocument } from '@ai-crm/platform'
import pipeline from '@ai-crm/pipeline'
import { signUp, startService, type TestService } from '@ai-crm/testing'
import type { Schema } from '@ai-crm/testing/http/arbitrary-of-schema'
import { freePort } from '@ai-crm/testing/servers'
import webhook from '@ai-crm/webhook'
import websocket from '@ai-crm/websocket'
import type { LightMyRequestResponse } from 'fastify'
import { speakSmtp } from '../testing/speak-smtp.ts'

export interface Operation {
  readonly operationId: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: Schema }[]
  readonly body: Schema | undefined
}

interface Described {
  readonly operationId: string
  readonly parameters: Operation['parameters']
  readonly requestBody?: { content: { 'application/json': { schema: Schema } } }
}
const document: { paths: Record<string, Record<string, Described>> } = JSON.parse(JSON.stringify(createOpenApiDocument()))

/** Every operation of the product, as the OpenAPI document tells the world. */
export const operations: readonly Operation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => ({
    operationId: described.operationId,
    method: method.toUpperCase() as Operation['method'],
    path,
    parameters: described.parameters,
    body: described.requestBody?.content['application/json'].schema,
  })),
)

export interface RequestParts {
  readonly params: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly version?: unknown
}

/** The whole product in one process, and an organisation in which something has happened already. */
export interface FuzzedProduct {
  readonly service: TestService
  /** Ids of things that exist, so that requests reach the code behind "not found". */
  readonly ids: readonly string[]
  readonly ownerToken: string
  send(operation: Operation, token: string, parts: RequestParts): Promise<LightMyRequestResponse>
}

export async function startFuzzedProduct(): Promise<FuzzedProduct> {
  const smtpPort = await freePort()
  const environment = { SMTP_PORT: String(smtpPort), SEND_UNDO_SECONDS: '0' }
  const service = await startService(auth, { together: [crm, messaging, ai, webhook, pipeline, websocket], environment })
  const person = { organizationName: 'Fuzz', name: 'Ada', email: 'ada@fuzz.example', password: 'correct horse battery' }
  const { accessToken: ownerToken } = await signUp(service, person)
  const headers = { authorization: `Bearer ${ownerToken}` }
  const make = async (path: string, payload: object, more: Record<string, string> = {}): Promise<{ id: string }> => {
    const options = { headers: { ...headers, 'idempotency-key': crypto.randomUUID(), ...more }, payload }
    const response = await service.app.inject({ method: 'POST', url: API_PREFIX + path, ...options })
    if (response.statusCode >= 300) throw new Error(`${path} answered ${response.statusCode}: ${response.body}`)
    return response.json()
  }
  const { id: companyId } = await make('/companies', { name: 'Fuzz Ltd', domains: ['fuzz-company.example'] })
  for (const path of ['/deals', '/tasks']) await make(path, { title: 'Fuzz' })
  await make('/record-notes', { body: 'Fuzz', companyId })
  await make('/record-files', { name: 'Fuzz', sizeBytes: 1, companyId })
  await make('/fields', { record: 'deal', kind: 'text', label: 'Fuzz' })
  await make('/tags', { name: 'Fuzz' })
  await make('/views', { record: 'deal', name: 'Fuzz' })
  for (const path of ['/contacts', '/companies']) {
    const [{ id }, { id: otherId }] = [await make(path, { name: 'Fuzz' }), await make(path, { name: 'Fuzz' })]
    await make(`${path}/${id}/merge`, { otherId, otherVersion: 1 }, { 'if-match': '"1"' })
  }
  const read = async (path: string): Promise<{ items: { id: string; address: string }[] }> =>
    (await service.app.inject({ url: API_PREFIX + path, headers: { authorization: `Bearer ${ownerToken}` } })).json()

  await service.settle()
  const [channel] = (await read('/channels')).items
  await speakSmtp(smtpPort, { from: 'anna@example.org', to: channel?.address ?? '', messageId: '<1@example.org>' })
  await service.settle()
  const lists = await Promise.all(
    [
      '/contacts',
      '/conversations?folder=all',
      '/drafts',
      '/channels',
      '/companies',
      '/deals',
      '/tasks',
      '/fields',
      '/record-notes',
      '/record-files',
      '/views?record=deal',
      '/tags',
      '/contact-merges',
      '/company-merges',
    ].map(read),
  )
  const [conversation] = lists[1]?.items ?? []
  const messages = await read(`/conversations/${conversation?.id}/messages`)
  return {
    service,
    ids: [...lists, messages].flatMap(({ items }) => items.map(({ id }) => id)),
    ownerToken,
    send: (operation, token, parts) => service.app.inject(injected(operation, token, parts)),
  }
}

/** The request as Fastify takes it without a network. */
export function injected(operation: Operation, token: string, { params, query = {}, body, version }: RequestParts) {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_placeholder, name: string) => encodeURIComponent(String(params[name]).toWellFormed()))
  const search = new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]))
  return {
    method: operation.method,
    url: `${API_PREFIX}${path}?${search}`,
    headers: {
      authorization: `Bearer ${token}`,
      'idempotency-key': crypto.randomUUID(),
      'if-match': `"${String(version).replaceAll(/[^\x20-\x7E]/g, '?')}"`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  }
}
