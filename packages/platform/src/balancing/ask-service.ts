import type { Dispatcher } from 'undici'
import { SHED_HEADER } from '../http/overload/shed-header.ts'
import { failureOf, type Failure } from './failure-of.ts'
import type { Replicas } from './open-replicas.ts'
import type { Replica } from './replica.ts'

export interface Question {
  /** A repeat is harmless by contract, also when the first attempt may have had its effect. */
  readonly isRepeatable: boolean
  /** The caller waits less than the work may take: an answer that comes too late is not the replica's fault. */
  readonly isHasty?: boolean
  /** Made anew for each attempt, because less time is left; null when none is. */
  options(): Dispatcher.RequestOptions | null
}

export type Reply = { readonly answer: Dispatcher.ResponseData } | { readonly failure: Failure }

/** Replicas that are asked one after another while none of them can be connected to. */
const MAX_AWAY = 3

/**
 * Asks a replica of a service. Another one is asked when nothing can have happened: the first could not be connected
 * to, or shed its load. After a broken connection there is one more attempt where a repeat is harmless. All but
 * connecting stays within the budget of repeats: the one layer that retries (reliability 1.8).
 */
export async function askService(replicas: Replicas, question: Question): Promise<Reply> {
  const tried = new Set<Replica>()
  replicas.repeats.earn()
  let away = 0
  let hasRepeated = false
  const mayRepeat = (): boolean => {
    if (hasRepeated || !replicas.repeats.spend()) return false
    return (hasRepeated = true)
  }
  for (let replica = await replicas.choose(tried); replica;) {
    tried.add(replica)
    const reply = await ask(replica, question)
    const next = await replicas.choose(tried)
    if ('answer' in reply) {
      if (!next || reply.answer.headers[SHED_HEADER] === undefined || !mayRepeat()) return reply
      await reply.answer.body.dump()
      replica = next
    } else if (reply.failure === 'away') {
      if (!next || ++away >= MAX_AWAY) return reply
      replica = next
    } else {
      if (reply.failure !== 'broken' || !question.isRepeatable || !mayRepeat()) return reply
      replica = next ?? replica
    }
  }
  return { failure: 'away' }
}

async function ask(replica: Replica, { options, isHasty = false }: Question): Promise<Reply> {
  const request = options()
  if (request === null) return { failure: 'late' }
  try {
    const answer = await replica.request(request, isHasty)
    return answer ? { answer } : { failure: 'away' }
  } catch (error) {
    return { failure: failureOf(error) }
  }
}
