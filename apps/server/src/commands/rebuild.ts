/**
 * `npm run rebuild -- crm.timeline [--organization=<id>]`: makes a projection anew from the logs of the services, one organisation after
 * the other. Each is read as it was until all of it is there again; events for it wait meanwhile. Interrupted it has changed nothing of the
 * organisation that it was at; run it again. On the embedded PostgreSQL the program has to be stopped.
 */
import { parseArgs } from 'node:util'
import { SERVICE_NAMES } from '@ai-crm/contracts'
import { createLogger, rebuildProjection, type OpenedService } from '@ai-crm/platform'
import { z } from 'zod'
import { loadServices } from '../catalog.ts'
import { readProcessConfig } from '../config.ts'
import { besideServices } from './beside-services.ts'
import { everybodyIn } from './everybody.ts'

const config = readProcessConfig()
const log = createLogger({ level: config.LOG_LEVEL, isPretty: process.stdout.isTTY })
const services = (await loadServices(SERVICE_NAMES)).filter(({ migrations }) => migrations)
const names = services.flatMap(({ name, projections = [] }) => projections.map((projection) => `${name}.${projection.name}`))
const { positionals, values } = parseArgs({ options: { organization: { type: 'string' } }, allowPositionals: true })
const [wanted, ...others] = positionals
const only = z.uuid().optional().parse(values.organization)
const definition = services.find(({ name }) => wanted?.split('.')[0] === name)
const projection = definition?.projections?.find(({ name }) => `${definition.name}.${name}` === wanted)
if (!projection || others.length > 0) throw new Error(`Which one? npm run rebuild -- ${names.join(' | ')} [--organization=<id>]`)

await besideServices({ config, services, log, farewell: 'Stopped; what was rebuilt stays.' }, async ({ open, postgres, signal }) => {
  const opened = new Map<string, OpenedService>()
  try {
    for (const service of services) opened.set(service.name, await open(service))
    const sources = new Map([...opened].map(([name, { runtime }]) => [name, runtime] as const))
    const runtime = sources.get(definition?.name ?? '')
    if (!runtime) throw new Error(`${wanted} has no service.`)
    for (const organizationId of only ? [only] : await everybodyIn(postgres, services, log, signal)) {
      const { folded, empty } = await rebuildProjection({ runtime, projection, organizationId, sources, limits: { signal, log } })
      process.stdout.write(`${wanted} of ${organizationId}: ${folded} events${empty > 0 ? `, ${empty} of erased people left out` : ''}\n`)
    }
  } finally {
    for (const service of opened.values()) await service.close()
  }
})
