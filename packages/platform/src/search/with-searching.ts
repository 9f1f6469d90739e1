import type { ServiceDefinition } from '../service.ts'

/** The service as it runs beside an index. */
export const withSearching = (definition: ServiceDefinition): ServiceDefinition =>
  definition.searching
    ? {
        ...definition,
        consumers: [...definition.consumers, ...definition.searching.consumers],
        jobs: [...definition.jobs, ...definition.searching.jobs],
      }
    : definition
