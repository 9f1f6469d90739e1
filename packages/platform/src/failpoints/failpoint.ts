import { writeSync } from 'node:fs'

/** A place at which a process can be made to die, to prove that nothing is lost or done twice when it does. */
export interface Failpoint {
  /** `relay.after-publish`: whose step, and on which side of it. */
  readonly name: string
  readonly summary: string
}

/** Passes the place. `detail` (an event's type, a step's name) tells several users of one place apart. */
export type Pass = (detail?: string) => void

interface Armed {
  readonly name: string
  readonly detail: string | null
  /** Passes that are let through before. */
  left: number
}

const registry = new Map<string, Failpoint>()
let armed: Armed[] | null = null

/** Registers a place. Off, passing it costs one comparison. Throws when the name is taken (a bug). */
export function defineFailpoint(name: string, summary: string): Pass {
  if (registry.has(name)) throw new Error(`There are two failpoints ${name}.`)
  registry.set(name, { name, summary })
  return (detail) => {
    if (armed !== null) reach(armed, name, detail)
  }
}

/** Every place of the modules that are loaded, by name. */
export const listFailpoints = (): readonly Failpoint[] => [...registry.values()].toSorted((one, other) => one.name.localeCompare(other.name))

/**
 * `relay.after-publish=exit`, `consumer.after-commit:crm.meet-sender=exit` (that detail only), `write.after-commit#3=exit`
 * (the third pass), several separated by commas. Call it once at the start, after the services are loaded, and only where
 * tests are allowed to kill; null arms nothing. Throws on what cannot be read or is no failpoint.
 */
export function armFailpoints(specification: string | null): void {
  armed = null
  if (specification === null) return
  armed = specification.split(',').map((part) => {
    const [, name, detail = null, count = '1'] = /^([a-z.-]+)(?::([^#=]+))?(?:#([1-9]\d{0,5}))?=exit$/.exec(part.trim()) ?? []
    if (name === undefined) throw new Error(`FAILPOINTS: "${part}" is not <name>[:<detail>][#<pass>]=exit.`)
    if (!registry.has(name)) throw new Error(`FAILPOINTS: there is no ${name}. There are: ${[...registry.keys()].toSorted().join(', ')}.`)
    return { name, detail, left: Number(count) - 1 }
  })
}

/** Passes everything again. */
export function disarmFailpoints(): void {
  armed = null
}

function reach(points: readonly Armed[], name: string, detail: string | undefined): void {
  for (const point of points) {
    if (point.name !== name || (point.detail !== null && point.detail !== detail)) continue
    if (point.left-- > 0) continue
    die(name, detail)
  }
}

/** As by kill -9: no handler runs, no buffer is flushed, no connection is closed by us. */
function die(name: string, detail: string | undefined): void {
  writeSync(2, `failpoint ${name}${detail === undefined ? '' : `:${detail}`} reached\n`)
  process.kill(process.pid, 'SIGKILL')
  // The signal may take a moment to arrive; not one statement more may run until then.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}
