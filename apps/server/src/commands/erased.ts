/**
 * `npm run --silent erased > erased.jsonl`: the ids of everybody who was erased, to be kept beside the backups; nothing in it tells who it was.
 * `npm run erased -- --again=erased.jsonl`: on a backup that was restored, erases them once more. Interrupted it has done a part; run it again.
 * On the embedded PostgreSQL the program has to be stopped; it erases them when it starts.
 */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { SERVICE_NAMES } from '@ai-crm/contracts'
import { createLogger, ErasedPerson, type Ctx, type ErasedPeople, type PublicCtx } from '@ai-crm/platform'
import { loadServices } from '../catalog.ts'
import { readProcessConfig } from '../config.ts'
import { besideServices, inService } from './beside-services.ts'
import { everybodyIn } from './everybody.ts'

const { again: file } = parseArgs({ options: { again: { type: 'string' } } }).values
const config = readProcessConfig()
// Its answer is what it prints.
const log = createLogger({ level: 'error', isPretty: false })
const services = (await loadServices(SERVICE_NAMES)).filter(({ migrations }) => migrations)
await besideServices({ config, services, log, farewell: 'Stopped; what was asked for stays so.' }, async (beside) => {
  const { signal } = beside
  for (const definition of services) {
    const { erasedPeople } = definition
    if (!erasedPeople) continue
    await inService(beside, definition, async ({ runtime }) => {
      const ctx = runtime.publicCtx({ signal, log })
      if (file === undefined) await list(ctx, erasedPeople, await everybodyIn(beside.postgres, [definition], log, signal))
      else await eraseAgain(ctx, erasedPeople, file)
    })
  }
})

function within(ctx: PublicCtx, organizationId: string): Ctx {
  return ctx.enter(organizationId, { type: 'system', id: null })
}

async function list(ctx: PublicCtx, people: ErasedPeople, organizations: Iterable<string>): Promise<void> {
  for (const organizationId of organizations)
    for await (const person of people.list(within(ctx, organizationId))) process.stdout.write(`${JSON.stringify(person)}\n`)
}

async function eraseAgain(ctx: PublicCtx, people: ErasedPeople, from: string): Promise<void> {
  const counts = { known: 0, asked: 0, merged: 0 }
  for await (const line of createInterface({ input: createReadStream(from) })) {
    ctx.signal.throwIfAborted()
    if (line.trim() === '') continue
    const person = ErasedPerson.parse(JSON.parse(line))
    const { asked, merged } = await people.eraseAgain(within(ctx, person.organizationId), person)
    counts.known += 1
    counts.asked += asked.length
    counts.merged += merged.length
    for (const id of merged)
      process.stdout.write(`Contact ${id} of ${person.organizationId} is merged into somebody who was not erased: take them apart, and run this again.\n`)
  }
  process.stdout.write(`${counts.known} people were erased; ${counts.asked} contacts of theirs are here and being erased.\n`)
  if (counts.merged > 0) process.exitCode = 1
}
