import type { FieldRules } from '@ai-crm/contracts'
import type { FastifyRequest } from 'fastify'
import type { ServiceRuntime, WorkLimits } from '../runtime/runtime.ts'
import { originOf } from './endpoint-call.ts'

/**
 * The field rules of whoever asks, with those that the service says follow from them. From then on they are the principal's: contexts,
 * answers and repeated answers know no others.
 */
export async function followedRules(request: FastifyRequest, runtime: ServiceRuntime, limits: WorkLimits): Promise<FieldRules> {
  const { principal } = request
  if (!principal) return {}
  const { followRules } = runtime.definition
  if (!followRules || Object.keys(principal.fields).length === 0) return principal.fields
  const fields = await followRules(runtime.ctx(originOf(request), limits), principal.fields)
  request.principal = { ...principal, fields }
  return fields
}
