/** The forms of a name that the generated code needs. */
export interface Names {
  /** `surveying`: folder, package, schema, identifier. */
  readonly service: string
  /** `SURVEYING`: environment variables. */
  readonly serviceUpper: string
  /** `survey`: what it owns. */
  readonly thing: string
  readonly things: string
  /** `Survey`: schema and type. */
  readonly thingPascal: string
  readonly thingsPascal: string
}

const NAME = /^[a-z][a-z0-9]{1,30}$/

/** Throws on a name that is no single lower-case word: it becomes a schema, a role, a folder and an identifier. */
export function namesOf(service: string, thing: string): Names {
  for (const name of [service, thing])
    if (!NAME.test(name)) throw new Error(`"${name}" is no name: one lower-case English word, please, like "surveying" or "survey".`)
  if (service === thing) throw new Error('The service and the thing that it owns need different names, like "surveying" and "survey".')
  const things = pluralOf(thing)
  return {
    service,
    serviceUpper: service.toUpperCase(),
    thing,
    things,
    thingPascal: capitalised(thing),
    thingsPascal: capitalised(things),
  }
}

/** `surveying` → `survey`, `tasks` → `task`: what a service of that name most likely owns. */
export function thingOf(service: string): string {
  if (service.endsWith('ing') && service.length > 5) return service.slice(0, -3)
  return service.endsWith('s') ? service.slice(0, -1) : `${service}record`
}

const pluralOf = (noun: string): string => (/[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : /(?:s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`)
const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
