import type { ElasticsearchCalls } from './elasticsearch-client.ts'
import { INDEX_BODY } from './index-body.ts'

/**
 * The names under which the generations of an index are known:
 *   <prefix>-records           alias of the one that answers
 *   <prefix>-records-fed       alias of all that hear what changes: that one, and one that is being built
 *   <prefix>-records-<time>    a generation; `…-in` an alias of it alone, by which it is written to
 */
export interface Names {
  readonly answering: string
  readonly fed: string
}
export const namesOf = (prefix: string): Names => ({ answering: `${prefix}-records`, fed: `${prefix}-records-fed` })
export const inletOf = (generation: string): string => `${generation}-in`

/** The generations behind an alias; none where it does not exist. */
export async function behind(calls: ElasticsearchCalls, alias: string, signal: AbortSignal): Promise<string[]> {
  return calls.telling(async (client, own) => {
    const answer = await client.indices.getAlias({ name: alias }, { signal: own, ignore: [404] })
    // Without such an alias the answer is an error's body, in which no key is a generation.
    return 'error' in answer ? [] : Object.keys(answer).toSorted()
  }, signal)
}

export async function createGeneration(calls: ElasticsearchCalls, { answering, fed }: Names, signal: AbortSignal): Promise<string> {
  const name = `${answering}-${Date.now()}-${crypto.randomUUID().slice(0, 8)}`
  await calls.client.indices.create({ index: name, ...INDEX_BODY, aliases: { [fed]: {}, [inletOf(name)]: {} } }, { signal })
  return name
}

/** In one change of the cluster's state: nobody ever asks both, or neither. */
export async function switchTo(calls: ElasticsearchCalls, { answering, fed }: Names, generation: string, signal: AbortSignal): Promise<void> {
  const former = (await behind(calls, fed, signal)).filter((name) => name !== generation)
  const answeringFormer = (await behind(calls, answering, signal)).filter((name) => name !== generation)
  const removals = [...answeringFormer.map((index) => ({ remove: { index, alias: answering } })), ...former.map((index) => ({ remove: { index, alias: fed } }))]
  await calls.client.indices.updateAliases({ actions: [...removals, { add: { index: generation, alias: answering } }] }, { signal })
  await removeGenerations(calls, [...new Set([...former, ...answeringFormer])], signal)
}

export async function removeGenerations(calls: ElasticsearchCalls, generations: readonly string[], signal: AbortSignal): Promise<void> {
  if (generations.length > 0) await calls.client.indices.delete({ index: [...generations], ignore_unavailable: true }, { signal })
}
