import type { Names } from './names.ts'

/** The contracts of a new service: one event, three endpoints. */
export const contractFiles = ({ service, thing, things, thingPascal, thingsPascal }: Names): Record<string, string> => ({
  [`packages/contracts/src/${service}/events.ts`]: `import { z } from 'zod'
import { defineEvent } from '../core/event.ts'

/** The whole ${thing} as it began. */
export const ${thing}Created = defineEvent('${thing}.created', 1, { type: '${thing}', id: '${thing}Id' }, z.object({
  ${thing}Id: z.uuid(),
  name: z.string(),
}))
`,
  [`packages/contracts/src/${service}/http.ts`]: `import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant, Line, PageQuery, pageOf } from '../core/page.ts'

export const ${thingPascal} = z.object({
  id: z.uuid(),
  name: z.string(),
  createdAt: Instant,
})
export type ${thingPascal} = z.infer<typeof ${thingPascal}>

export const Create${thingPascal} = z.strictObject({ name: Line(200) })
export type Create${thingPascal} = z.infer<typeof Create${thingPascal}>

export const ${service}Endpoints = defineEndpoints('${service}', {
  list${thingsPascal}: {
    method: 'GET', path: '/${things}', summary: '${thingsPascal}, newest first',
    access: '${service}.${thing}.read', idempotency: 'safe', query: PageQuery, response: pageOf(${thingPascal}), status: 200,
  },
  get${thingPascal}: {
    method: 'GET', path: '/${things}/:${thing}Id', summary: 'Read one ${thing}',
    access: '${service}.${thing}.read', idempotency: 'safe', params: idParams('${thing}Id'), response: ${thingPascal}, status: 200,
  },
  create${thingPascal}: {
    method: 'POST', path: '/${things}', summary: 'Create a ${thing}',
    access: '${service}.${thing}.create', idempotency: 'key', body: Create${thingPascal}, response: ${thingPascal}, status: 201,
  },
})
`,
})
