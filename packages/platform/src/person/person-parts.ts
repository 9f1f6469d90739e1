import {
  personDataEndpoints,
  personErasureRequested,
  PersonService,
  type Endpoint,
  type EventData,
  type PersonSubject,
  type ServiceName,
} from '@ai-crm/contracts'
import type { ConfigSpec } from '../config.ts'
import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import type { Consumer, ConsumerScope } from '../events/consumer.ts'
import type { Exporting } from '../exporting/exporting.ts'
import { permissionDenied } from '../http/request-errors.ts'
import type { Job } from '../jobs/job.ts'
import { countPerson } from './count-person.ts'
import { erasePerson, erasePersonJob, planErasing } from './erase-person.ts'
import { exportPerson, type PersonArchive } from './export-person.ts'
import type { PersonData } from './person-data.ts'
import { onlyContact } from './tell-person.ts'

/** As the kit of services makes them; contexts and inputs are erased as there. */
interface Route {
  readonly endpoint: Endpoint
  readonly handle: (ctx: never, input: never) => Promise<unknown>
}

interface PersonParts {
  readonly routes: readonly Route[]
  readonly consumers: readonly Consumer[]
  readonly jobs: readonly (Job & { timeoutMs: number; concurrency: number; handle: (ctx: never, payload: never) => Promise<void> })[]
}

const NOTHING: PersonParts = { routes: [], consumers: [], jobs: [] }
/** Batches are short; what is not done by then goes on where it was. */
const TIMEOUT_MS = 10 * 60_000

/** What a service gets that says where it keeps something about people: its part of exporting and of erasing one. */
export function personParts(name: ServiceName, data: PersonData | undefined, exporting: Exporting | undefined): PersonParts {
  const known = PersonService.safeParse(name)
  if (!data || !exporting || !known.success) return NOTHING
  const service = known.data
  const endpoints: Readonly<Record<string, Endpoint>> = personDataEndpoints[service]
  return {
    routes: [
      ...route(endpoints[`${service}CountPerson`], async (ctx: Ctx, input: ByContact) => {
        const part = await countPerson(ctx.db, data, await subjectOf(ctx, data, input.params.contactId))
        if (Object.keys(part.erased).length === 0) throw notFound('person')
        return part
      }),
      ...route(endpoints[`${service}ExportPerson`], async (ctx: Ctx, input: ByContact): Promise<PersonArchive> => {
        requireAllFields(ctx)
        return exportPerson(ctx, { service, data, exporting }, input.params.contactId, await subjectOf(ctx, data, input.params.contactId))
      }),
    ],
    consumers: [
      {
        name: `${service}.erase-person`,
        event: personErasureRequested,
        handle: (scope: ConsumerScope<unknown, ConfigSpec>, event: { data: EventData<typeof personErasureRequested> }) => planErasing(scope, event.data),
      },
    ],
    jobs: [
      {
        ...erasePersonJob,
        timeoutMs: TIMEOUT_MS,
        concurrency: 1,
        handle: (ctx: Ctx, payload: Parameters<typeof erasePerson>[2]) => erasePerson(ctx, { service, data }, payload),
      },
    ],
  }
}

interface ByContact {
  readonly params: { readonly contactId: string }
}

/** The service's own way to know somebody is bound to its tables where it was written; erased here. */
const subjectOf = async (ctx: Ctx, { subjectOf: find }: PersonData, contactId: string): Promise<PersonSubject> =>
  (await find?.(ctx as never, contactId)) ?? onlyContact(contactId)

/** Whoever takes everything along may be hidden nothing. */
function requireAllFields({ rights }: Ctx): void {
  const isHidden = Object.values(rights?.fields ?? {}).some((rules) => Object.values(rules ?? {}).includes('hidden'))
  if (isHidden) throw permissionDenied('crm.person.export')
}

const route = (endpoint: Endpoint | undefined, handle: Route['handle']): Route[] => (endpoint ? [{ endpoint, handle }] : [])
