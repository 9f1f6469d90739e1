import { CHUNK_BYTES, type Import, type ImportSettings } from '@ai-crm/contracts'
import type { Agent, Answer } from '@ai-crm/testing'

type Chosen = Partial<ImportSettings>

export const settingsFor = (found: Import, chosen: Chosen = {}): ImportSettings => {
  if (!found.settings) throw new Error(`No settings: ${JSON.stringify(found.problem)}`)
  return { ...found.settings, ...chosen }
}

export async function until(agent: Agent, importId: string, isThere: (found: Import) => boolean): Promise<Import> {
  for (let tries = 0; tries < 400; tries++) {
    const found: Import = (await agent.get(`/imports/${importId}`)).body
    if (isThere(found)) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('The import did not come so far within a minute.')
}

/** Sends the file in pieces. */
export async function upload(agent: Agent, bytes: Buffer, fileName = 'people.csv'): Promise<string> {
  const { id } = (await agent.post('/imports', { fileName, sizeBytes: bytes.length })).body
  for (let position = 0; position * CHUNK_BYTES < bytes.length; position++) {
    const piece = bytes.subarray(position * CHUNK_BYTES, (position + 1) * CHUNK_BYTES)
    await agent.put(`/imports/${id}/chunks`, { position, bytes: piece.toString('base64') })
  }
  return id
}

export async function analysed(agent: Agent, file: string | Buffer, reading = {}): Promise<Import> {
  const id = await upload(agent, Buffer.from(file))
  await agent.post(`/imports/${id}/analyse`, reading)
  return until(agent, id, ({ state }) => state === 'mapping' || state === 'refused')
}

export async function checked(agent: Agent, file: string | Buffer, chosen: Chosen = {}): Promise<Import> {
  const found = await analysed(agent, file)
  const answer: Answer = await agent.post(`/imports/${found.id}/check`, settingsFor(found, chosen))
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return until(agent, found.id, ({ state }) => state === 'checked' || state === 'refused')
}

export async function imported(agent: Agent, file: string | Buffer, chosen: Chosen = {}): Promise<Import> {
  const { id } = await checked(agent, file, chosen)
  await agent.post(`/imports/${id}/start`)
  return until(agent, id, ({ operation }) => operation !== null && !['waiting', 'running'].includes(operation.status))
}
