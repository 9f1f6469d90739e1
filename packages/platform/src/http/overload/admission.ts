import type { Priority } from '@ai-crm/contracts'

/**
 * Who may run now, who waits a moment and who is refused (reliability 1.14). A visitor is
 *   running   the slots have room for its priority and for its source
 *   waiting   the most important, from the least busy source, first. A burst may wait: a page that opens asks twenty
 *             things at once. Where somebody has been waiting without a break, or was refused lately, more come than
 *             leave: then the room is bounded by the number of slots, and waiting by a moment (controlled delay, as
 *             CoDel has it for packets)
 *   refused   at once (nothing would be gained by waiting), displaced by somebody more important, or after its moment
 */
export interface Admission {
  readonly running: number
  readonly waiting: number
  /** Calls `run` or `refuse` of the visitor, now or later, exactly one of them, once; neither after `leave`. Null: it was refused at once. */
  arrive(visitor: Visitor): Visit | null
  /** Refuses who has waited too long. Call it every few milliseconds while somebody waits. */
  sweep(): void
}

export const REFUSALS = ['full', 'displaced', 'late'] as const
export type Refusal = (typeof REFUSALS)[number]

export interface Visitor {
  readonly priority: Priority
  /** Whose request it is: one source gets at most half of the slots while others ask too. */
  readonly source: string
  /** How long it may wait, at most: asked when it has to. */
  patienceMs(): number
  run(): void
  refuse(reason: Refusal): void
}

export interface Visit {
  /** The work has ended, or the client has gone. Further calls do nothing. */
  leave(): void
}

export interface AdmissionOptions {
  /** Slots, at this moment. */
  readonly slots: () => number
  /** Called when somebody could not run at once. */
  readonly onPressure?: () => void
  readonly now?: () => number
}

/** The share of the slots up to which such a request is still taken: the rest is kept for what is more important. */
const SHARES: Readonly<Record<Priority, number>> = { bulk: 0.5, read: 0.75, write: 0.9, vital: 1 }
const RANKS: Readonly<Record<Priority, number>> = { bulk: 0, read: 1, write: 2, vital: 3 }
const SOURCE_SHARE = 0.5
/** A source that asked within this time competes with the others. */
const COMPETES_MS = 1_000
/** A burst is over by then, and nobody's page is late. */
const BURST_WAIT_MS = 150
/** What a few pages ask for at once, in a process that has few slots. */
const BURST_ROOM = 64
/** Where it is no burst: longer and a refusal would not be cheap any more for the one who waits for it. */
const STANDING_WAIT_MS = 25
/** So long after a refusal nobody takes what comes for a burst. */
const REMEMBERED_MS = 2_000

interface Source {
  running: number
  waiting: number
  askedAt: number
}
interface Guest {
  readonly visitor: Visitor
  readonly source: Source
  /** Of one that waits. */
  dueAt: number
  state: 'running' | 'waiting' | 'gone'
}

export function createAdmission({ slots, onPressure, now = () => performance.now() }: AdmissionOptions): Admission {
  const sources = createSources(now)
  const room = createWaitingRoom(now)
  const { isBurst, refuse } = createBurstMemory(room, now)
  let running = 0

  const mayRun = ({ visitor, source }: Guest): boolean =>
    running < Math.max(1, slots() * SHARES[visitor.priority]) && (!sources.compete() || source.running < Math.max(1, slots() * SOURCE_SHARE))
  const start = (guest: Guest) => {
    guest.state = 'running'
    guest.source.running++
    running++
    guest.visitor.run()
  }
  const queue = (guest: Guest) => {
    onPressure?.()
    const [waitMs, most] = isBurst() ? [BURST_WAIT_MS, Math.max(slots(), BURST_ROOM)] : [STANDING_WAIT_MS, slots()]
    const displaced = room.size < most ? null : room.displacedBy(guest)
    if (room.size >= most && !displaced) return refuse(guest, 'full')
    guest.dueAt = now() + Math.min(guest.visitor.patienceMs(), waitMs)
    if (displaced) room.remove(displaced)
    room.add(guest)
    if (displaced) refuse(displaced, 'displaced')
  }
  const sweep = () => {
    for (const guest of room.dueBy(now())) {
      room.remove(guest)
      refuse(guest, 'late')
    }
  }
  const leave = (guest: Guest) => {
    if (guest.state === 'waiting') room.remove(guest)
    if (guest.state !== 'running') return
    guest.state = 'gone'
    guest.source.running--
    running--
    sweep()
    for (let next = room.best(mayRun); next; next = room.best(mayRun)) {
      room.remove(next)
      start(next)
    }
  }

  return {
    get running() {
      return running
    },
    get waiting() {
      return room.size
    },
    arrive(visitor) {
      const guest: Guest = { visitor, source: sources.of(visitor.source), dueAt: Infinity, state: 'waiting' }
      if (mayRun(guest)) start(guest)
      else queue(guest)
      return guest.state === 'gone' ? null : { leave: () => leave(guest) }
    },
    sweep,
  }
}

/** Refuses, and tells whether what comes is a burst: nobody has been waiting for long, and nobody was refused lately. */
function createBurstMemory(room: { heldForMs(): number }, now: () => number) {
  let refusedAt = Number.NEGATIVE_INFINITY
  return {
    refuse(guest: Guest, reason: Refusal): void {
      refusedAt = now()
      guest.state = 'gone'
      guest.visitor.refuse(reason)
    },
    isBurst: () => room.heldForMs() <= BURST_WAIT_MS && now() - refusedAt >= REMEMBERED_MS,
  }
}

function createWaitingRoom(now: () => number) {
  let guests: Guest[] = []
  let heldSince = 0
  return {
    /** How long there has been somebody, whoever it was. */
    heldForMs: (): number => (guests.length === 0 ? 0 : now() - heldSince),
    get size() {
      return guests.length
    },
    add(guest: Guest): void {
      if (guests.length === 0) heldSince = now()
      guests.push(guest)
      guest.source.waiting++
    },
    remove(guest: Guest): void {
      guests = guests.filter((other) => other !== guest)
      guest.source.waiting--
      guest.state = 'gone'
    },
    best: (mayRun: (guest: Guest) => boolean): Guest | null =>
      guests.filter(mayRun).reduce<Guest | null>((best, guest) => (best && !isBetter(guest, best) ? best : guest), null),
    /** The least of those who wait, if the newcomer is worth more: counted as if it waited already, else everybody new would look modest. */
    displacedBy(newcomer: Guest): Guest | null {
      const worst = guests.reduce((bad, other) => (isBetter(bad, other) ? other : bad))
      newcomer.source.waiting++
      const isWorthMore = isBetter(newcomer, worst)
      newcomer.source.waiting--
      return isWorthMore ? worst : null
    },
    dueBy: (at: number): Guest[] => guests.filter(({ dueAt }) => dueAt <= at),
  }
}

/** More important first; of equals the one whose source has less already. */
function isBetter(one: Guest, other: Guest): boolean {
  const byRank = RANKS[one.visitor.priority] - RANKS[other.visitor.priority]
  return byRank > 0 || (byRank === 0 && one.source.running + one.source.waiting < other.source.running + other.source.waiting)
}

/** Who asks at the moment; sources that stopped asking are forgotten. */
function createSources(now: () => number) {
  const known = new Map<string, Source>()
  let sweptAt = now()
  const forget = () => {
    if (now() - sweptAt < COMPETES_MS) return
    sweptAt = now()
    for (const [name, source] of known) if (source.running + source.waiting === 0 && source.askedAt <= now() - COMPETES_MS) known.delete(name)
  }
  return {
    of(name: string): Source {
      forget()
      const source = known.get(name) ?? { running: 0, waiting: 0, askedAt: 0 }
      source.askedAt = now()
      known.set(name, source)
      return source
    },
    compete: () => known.size > 1,
  }
}
