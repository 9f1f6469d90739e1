import { errors } from '@elastic/elasticsearch'
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
export const behind = (calls: ElasticsearchCalls, alias: string, signal: AbortSignal): Promise<string[]> =>
  calls.telling(async (client, own) => indicesIn(await client.indices.getAlias({ name: alias }, { signal: own, ignore: [404] })), signal)

/** Of nothing the answer is an error's body, in which no key is an index. */
const indicesIn = (answer: object): string[] => ('error' in answer ? [] : Object.keys(answer).toSorted())

/** All that exist, whoever made them, whatever they are for. */
async function allGenerations(calls: ElasticsearchCalls, { answering }: Names, signal: AbortSignal): Promise<string[]> {
  const named = await calls.telling(
    async (client, own) => indicesIn(await client.indices.getAlias({ index: `${answering}-*` }, { signal: own, ignore: [404] })),
    signal,
  )
  // Another installation's prefix may begin with ours.
  return named.filter((name) => /^-\d+-[0-9a-f]{8}$/.test(name.slice(answering.length)))
}

export async function createGeneration(calls: ElasticsearchCalls, { answering, fed }: Names, signal: AbortSignal): Promise<string> {
  const name = `${answering}-${Date.now()}-${crypto.randomUUID().slice(0, 8)}`
  await calls.telling(async (client, own) => {
    await client.indices.create({ index: name, ...INDEX_BODY, aliases: { [fed]: {}, [inletOf(name)]: {} } }, { signal: own }).catch((error: unknown) => {
      // By an attempt whose answer was lost: nobody else knows the name.
      if (!(error instanceof errors.ResponseError && error.message.includes('resource_already_exists_exception'))) throw error
    })
  }, signal)
  return name
}

/** In one change of the cluster's state: nobody ever asks both, or neither. What does not answer any more goes. */
export async function switchTo(calls: ElasticsearchCalls, names: Names, generation: string, signal: AbortSignal): Promise<void> {
  const { answering, fed } = names
  const former = async (alias: string) => (await behind(calls, alias, signal)).filter((name) => name !== generation)
  const removals = [answering, fed].map(async (alias) => (await former(alias)).map((index) => ({ remove: { index, alias } })))
  const actions = [...(await Promise.all(removals)).flat(), { add: { index: generation, alias: answering } }]
  await calls.telling((client, own) => client.indices.updateAliases({ actions }, { signal: own }), signal)
  await removeSilent(calls, names, signal)
}

/** The generations that do not answer go: former ones, and what an interrupted building left. */
export async function removeSilent(calls: ElasticsearchCalls, names: Names, signal: AbortSignal): Promise<void> {
  const answering = await behind(calls, names.answering, signal)
  const silent = (await allGenerations(calls, names, signal)).filter((name) => !answering.includes(name))
  if (silent.length > 0) await calls.telling((client, own) => client.indices.delete({ index: silent, ignore_unavailable: true }, { signal: own }), signal)
}
