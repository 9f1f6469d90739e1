import { attackPosition, inspect, valuesFor, type Attack } from './attack.ts'
import type { Attacker } from './hear.ts'
import { send } from './hear.ts'
import { operations, type Operation, type Position } from './operations.ts'
import type { Reached } from './reach.ts'
import { anyRequest, type AttackRequest } from './request.ts'

export interface Sweep {
  readonly attack: Attack
  /** Anew for each route: an attack on one's own rights changes what tokens of before are worth. */
  readonly signIn: () => Promise<readonly Attacker[]>
  readonly reached: Reached
  /** Of the victim's lists, by operation. */
  readonly cursors: ReadonlyMap<string, string>
  readonly isTried: (operation: Operation) => boolean
}

/** One value of the victim in every position of every route; false once no position has a value left. */
export async function attackRound({ attack, signIn, reached, cursors, isTried }: Sweep, round: number): Promise<boolean> {
  let isAnyLeft = false
  for (const operation of operations.filter(isTried)) {
    const allowed = (await signIn()).filter(({ mayAsk }) => mayAsk(operation))
    for (const [index, position] of operation.positions.entries()) {
      const value = valuesFor(attack, operation, position, cursorsFor(operation, cursors))[round]
      const attacker = allowed[(round + index) % Math.max(1, allowed.length)]
      if (value === undefined || !attacker) continue
      isAnyLeft = true
      await attackPosition(attack, operation, position, attacker, () => requestOf(attack, operation, reached, round), value)
    }
  }
  return isAnyLeft
}

/** Asks for everything that needs no id of somebody else, and looks for canaries in it. */
export async function askForOwn({ attack, signIn, reached, isTried }: Sweep): Promise<void> {
  for (const operation of operations.filter(isTried).filter(({ endpoint, positions }) => endpoint.method === 'GET' || positions.length === 0))
    for (const attacker of (await signIn()).filter(({ mayAsk }) => mayAsk(operation))) {
      const heard = await send(attack.service, operation, attacker, requestOf(attack, operation, reached, 0), 1, attack.random)
      attack.requests += 1
      inspect(attack, { operation: operation.name, position: 'none', attacker: attacker.name }, heard, 'nothing')
    }
}

function requestOf(attack: Attack, operation: Operation, reached: Reached, round: number): AttackRequest {
  const seeds = reached.get(operation.name) ?? [1]
  return anyRequest(operation, attack.own, attack.random, seeds[round % seeds.length] ?? 1)
}

/** The cursor of the same list first. */
function cursorsFor(operation: Operation, cursors: ReadonlyMap<string, string>): readonly string[] {
  const own = cursors.get(operation.name)
  return [...(own === undefined ? [] : [own]), ...cursors.values()]
}

/** The victim's signed cursors: the next page of each of its lists. */
export async function collectCursors(attack: Attack, victim: Attacker): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  const hasCursor = ({ positions }: Operation): boolean => positions.some(({ path }: Position) => path === 'cursor')
  const asVictim = { ...attack, own: attack.victim }
  for (const operation of operations.filter(hasCursor)) {
    const request = anyRequest(operation, asVictim.own, attack.random, 1)
    const heard = await send(
      attack.service,
      operation,
      victim,
      { ...request, query: { ...request.query, limit: '1', ...(operation.name === 'listConversations' ? { folder: 'all' } : {}) } },
      1,
      attack.random,
    )
    const cursor = /"nextCursor":"([^"]+)"/.exec(heard.body)?.[1]
    if (cursor !== undefined) found.set(operation.name, cursor)
  }
  return found
}
