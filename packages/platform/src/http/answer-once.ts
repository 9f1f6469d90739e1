import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FieldHider } from '../authorization/hide-fields.ts'
import type { ServiceRuntime } from '../runtime/runtime.ts'
import { dropsLate, originOf, principalOf, type Call } from './endpoint-call.ts'
import { claimOf, type StoredAnswer } from './idempotency/idempotency-key.ts'
import { runIdempotent } from './idempotency/run-idempotent.ts'
import { etagOf, setEtag } from './if-match.ts'
import { PROBLEM_TYPE, toProblem } from './problem.ts'
import { serialiserOf } from './response-schema.ts'

/**
 * Answers an endpoint with Idempotency-Key: the first request runs, every repeat gets the same status and body, as far as
 * the rights of the one who asks permit by now.
 */
export async function answerOnce(call: Call, runtime: ServiceRuntime, hide: FieldHider | null): Promise<FastifyReply> {
  const { endpoint, request, reply, limits } = call
  const origin = originOf(request)
  const answer = await runIdempotent({
    claim: claimOf(request, endpoint, principalOf(request)),
    signal: limits.signal,
    openUnit: () => runtime.openUnit(origin, limits),
    execute: async (ctx) => toStored(call, await call.invoke(ctx)),
    describe: (error) => ({ status: error.status, body: JSON.stringify(toProblem(error, request.id)), etag: null }),
  })
  if (dropsLate(call)) return reply
  if (!answer.isReplay) return sendStored(reply, answer)
  reply.header('idempotency-replayed', 'true')
  return sendStored(reply, hide ? withoutHidden(answer, request, hide) : answer)
}

/** What was stored under the field rules of then, without what those of now hide. */
function withoutHidden(answer: StoredAnswer, request: FastifyRequest, hide: FieldHider): StoredAnswer {
  const { fields } = principalOf(request)
  if (answer.status >= 400 || answer.body === '' || Object.keys(fields).length === 0) return answer
  return { ...answer, body: JSON.stringify(hide(JSON.parse(answer.body), fields)) }
}

function toStored({ endpoint }: Call, answer: unknown): StoredAnswer {
  const body = endpoint.response ? serialiserOf(endpoint.response)(answer) : ''
  return { status: endpoint.status, body, etag: etagOf(endpoint, answer) }
}

function sendStored(reply: FastifyReply, answer: StoredAnswer): FastifyReply {
  setEtag(reply, answer.etag)
  reply.code(answer.status)
  if (answer.body === '') return reply.send()
  return reply.type(answer.status >= 400 ? PROBLEM_TYPE : 'application/json; charset=utf-8').send(answer.body)
}
