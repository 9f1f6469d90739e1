import { operationsEndpoints, type Endpoint, type PageQuery } from '@ai-crm/contracts'
import type { Ctx } from '../context.ts'
import type { Route, ServiceDefinition } from '../service.ts'
import { listDeadLetters } from './list-dead-letters.ts'
import type { OperationsTables } from './operations-tables.ts'
import { redriveDeadLetter } from './redrive-dead-letter.ts'

type OperationsCtx = Ctx<OperationsTables>

/** The routes that the platform adds to every service with consumers. */
export function operationsRoutes(definition: ServiceDefinition): readonly Route[] {
  if (definition.consumers.length === 0) return []
  const { name } = definition
  const endpoints: Readonly<Record<string, Endpoint>> = operationsEndpoints(name)
  return [
    route(endpoints[`${name}ListDeadLetters`], (ctx: OperationsCtx, input: { query: PageQuery }) => listDeadLetters(ctx, input.query)),
    route(endpoints[`${name}RedriveDeadLetter`], (ctx: OperationsCtx, input: { params: { consumer: string; eventId: string } }) =>
      redriveDeadLetter(ctx, input.params),
    ),
  ].flat()
}

const route = (endpoint: Endpoint | undefined, handle: Route['handle']): Route[] => (endpoint ? [{ endpoint, handle }] : [])
