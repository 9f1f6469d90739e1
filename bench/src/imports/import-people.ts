import { setTimeout as sleep } from 'node:timers/promises'
import { api, CHUNK_BYTES, Import } from '@ai-crm/contracts'
import { request } from 'undici'
import type { Scene } from '../workloads/workload.ts'

const PATIENCE_MS = 15 * 60_000

export interface Imported {
  /** From the moment at which somebody presses "import" to the last row. */
  readonly importSeconds: number
  /** Before that: reading the file, and finding out what would happen. */
  readonly checkSeconds: number
  readonly outcome: Import
}

/** Everything that people do in the browser, by the same requests. */
export async function importPeople(scene: Scene, csv: string, patienceMs = PATIENCE_MS): Promise<Imported> {
  const bytes = Buffer.from(csv)
  const { id } = await ask(scene, 'POST', api.crm.createImport.path, { fileName: 'people.csv', sizeBytes: bytes.length })
  const path = `${api.crm.createImport.path}/${id}`
  for (let position = 0; position * CHUNK_BYTES < bytes.length; position++) {
    const piece = bytes.subarray(position * CHUNK_BYTES, (position + 1) * CHUNK_BYTES)
    await ask(scene, 'PUT', `${path}/chunks`, { position, bytes: piece.toString('base64') })
  }
  const sentAt = performance.now()
  await ask(scene, 'POST', `${path}/analyse`, {})
  const { settings } = await until(scene, path, ({ state }) => state === 'mapping', patienceMs)
  await ask(scene, 'POST', `${path}/check`, settings ?? {})
  await until(scene, path, ({ state }) => state === 'checked', patienceMs)
  const startedAt = performance.now()
  await ask(scene, 'POST', `${path}/start`)
  const outcome = await until(scene, path, ({ operation }) => operation !== null && !['waiting', 'running'].includes(operation.status), patienceMs)
  return { importSeconds: (performance.now() - startedAt) / 1000, checkSeconds: (startedAt - sentAt) / 1000, outcome }
}

async function until(scene: Scene, path: string, isThere: (found: Import) => boolean, patienceMs: number): Promise<Import> {
  for (const deadline = performance.now() + patienceMs; performance.now() < deadline; await sleep(50)) {
    const found = await ask(scene, 'GET', path)
    if (isThere(found)) return found
    if (found.problem) throw new Error(`The file was not taken: ${found.problem.message}`)
  }
  throw new Error('The import took too long.')
}

const ask = async (scene: Scene, method: 'GET' | 'POST' | 'PUT', path: string, payload?: unknown): Promise<Import> =>
  Import.parse(await askApi(scene, method, path, payload))

/** What the API answers, as its contract has to read it; throws what is no success. */
export async function askApi({ url, token }: Scene, method: 'GET' | 'POST' | 'PUT', path: string, payload?: unknown): Promise<unknown> {
  const headers = {
    authorization: `Bearer ${token}`,
    'idempotency-key': crypto.randomUUID(),
    ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const { statusCode, body } = await request(`${url}/api/v1${path}`, { method, headers, body: payload === undefined ? null : JSON.stringify(payload) })
  const text = await body.text()
  if (statusCode >= 300) throw new Error(`${path} answered ${statusCode}: ${text}`)
  return JSON.parse(text)
}
