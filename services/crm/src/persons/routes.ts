import { personErasureEndpoints } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { erasePerson } from './erase-person.ts'
import { getErasure } from './get-erasure.ts'
import { listErasures } from './list-erasures.ts'
import { restartErasure } from './restart-erasure.ts'

export const personErasureRoutes = [
  crm.handle(personErasureEndpoints.erasePerson, (ctx, { params, body }) => erasePerson(ctx, params.contactId, body.name)),
  crm.handle(personErasureEndpoints.restartPersonErasure, (ctx, { params }) => restartErasure(ctx, params.erasureId)),
  crm.handle(personErasureEndpoints.listPersonErasures, (ctx, { query }) => listErasures(ctx, query)),
  crm.handle(personErasureEndpoints.getPersonErasure, (ctx, { params }) => getErasure(ctx, params.erasureId)),
]
