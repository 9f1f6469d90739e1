import type { Endpoint } from '@ai-crm/contracts'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { FieldError } from '../errors.ts'
import { isStorableText } from './json-body.ts'
import { invalidRequest } from './request-errors.ts'

export interface ParsedInput {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

/** Checks params, query and body against the contract: unknown fields are refused, defaults applied. */
export type InputParser = (request: FastifyRequest) => ParsedInput

const nothing = z.undefined()
const noFields = z.strictObject({})

/** Compiles the parser of an endpoint once. The parser throws `invalidRequest` that names every wrong field. */
export function inputParser(endpoint: Endpoint): InputParser {
  const params = (endpoint.params ?? noFields).strict()
  const query = (endpoint.query ?? noFields).strict()
  const body = endpoint.body ? refuseUnknown(endpoint.body) : nothing
  return (request) => {
    const results = {
      params: params.safeParse(request.params),
      query: query.safeParse(request.query),
      body: body.safeParse(request.body),
    }
    const fields = [
      ...refusals('params/', results.params.error),
      ...refusals('query/', results.query.error),
      ...refusals('/', results.body.error),
      ...unstorable('params/', request.params),
      ...unstorable('query/', request.query),
    ]
    if (fields.length > 0) throw invalidRequest(fields)
    return {
      params: endpoint.params ? results.params.data : undefined,
      query: endpoint.query ? results.query.data : undefined,
      body: results.body.data,
    }
  }
}

const refuseUnknown = (schema: z.ZodType): z.ZodType => (schema instanceof z.ZodObject ? schema.strict() : schema)

function refusals(prefix: string, error: z.ZodError | undefined): FieldError[] {
  return (error?.issues ?? []).flatMap((issue) => {
    const at = issue.path.map(String)
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ field: pointer(prefix, [...at, key]), message: 'Unknown field' }))
    return [{ field: pointer(prefix, at), message: issue.message }]
  })
}

/** RFC 6901: `~` and `/` inside a name are escaped. */
const pointer = (prefix: string, path: readonly string[]): string => prefix + path.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')

/** Texts of the address that PostgreSQL could not keep; the body's were checked while it was parsed. */
function unstorable(prefix: string, values: unknown): FieldError[] {
  if (typeof values !== 'object' || values === null) return []
  return Object.entries(values)
    .filter(([, value]) => typeof value === 'string' && !isStorableText(value))
    .map(([name]) => ({ field: prefix + name, message: 'Contains NUL or half of a character' }))
}
