import { SERVICE_NAMES } from '@ai-crm/contracts'
import { listFailpoints } from '@ai-crm/platform'
import { loadServices } from '../catalog.ts'

await loadServices(SERVICE_NAMES)

/**
 * Where the program dies, in the order of what happens. What is registered and stands in no chain of these belongs to an
 * ordinary day, which fails when it does not pass there: so every point has a chain.
 */
export const UNDONE_FOUNDING: readonly string[] = [
  'saga.asked:undo ai.prepare-settings',
  'saga.timer-committed:auth.provision-organization',
  'saga.effected:undo ai.prepare-settings',
  'consumer.before-commit:auth.hear-ai-saga.answered',
  'saga.asked:undo messaging.open-channel',
  'saga.effected:undo messaging.open-channel',
  'consumer.after-commit:messaging.take-part',
  'saga.ended:auth.provision-organization',
  'job.claimed:auth.forget-account',
]

export const UNDONE_HAND_OVER: readonly string[] = [
  'saga.effected:do auth.vouch-for-people',
  'saga.asked:do crm.give-deal',
  'saga.effected:do crm.give-deal',
  'saga.timer-committed:pipeline.hand-over-won-deal',
  'saga.effected:do crm.make-hand-over-tasks',
  'saga.effected:undo crm.make-hand-over-tasks',
  'saga.asked:undo crm.give-deal',
  'saga.effected:undo crm.give-deal',
  'saga.ended:pipeline.hand-over-won-deal',
  'consumer.after-commit:crm.take-part-in-hand-over',
  'saga.ended:pipeline.hand-over-won-deal',
]

export const DEPARTURE: readonly string[] = [
  'saga.asked:do crm.erase',
  'erasure.batch-committed:contact',
  'saga.timer-committed:auth.erase-organization',
  'erasure.batch-committed:message',
  'job.done:platform.erase-organization',
  'saga.ended:auth.erase-organization',
  'erasure.batch-committed:security_event',
]

export const EXPORT: readonly string[] = [
  'job.claimed:platform.export-organization',
  'export.batch-brought',
  'export.batch-brought#2',
  'job.claimed:auth.finish-export',
  'job.done:auth.finish-export',
]

export const MANY_RECORDS: readonly string[] = [
  'batch.committed:crm.run-operation',
  'batch.committed:crm.run-operation#2',
  'batch.committed:crm.run-import',
  'batch.committed:crm.follow-merge',
]

export const ERASED_PERSON: readonly string[] = [
  'person.batch-committed:message',
  'job.claimed:platform.erase-person',
  'person.batch-committed:contact',
  'person.batch-committed:draft',
  'person.batch-committed:delivery',
  'person.batch-committed:idempotencyKey',
  'person.batch-committed:event',
  'job.done:platform.erase-person',
]

export const GIVEN_UP_JOB: readonly string[] = ['job.giving-up:crm.run-operation']

/** Points of one name that several steps share die at each of them. */
const DETAILS: Readonly<Record<string, readonly string[]>> = {
  'saga.asked': ['do messaging.open-channel', 'do ai.prepare-settings'],
  'saga.effected': ['do messaging.open-channel', 'do ai.prepare-settings'],
  'consumer.after-commit': ['messaging.take-part', 'auth.hear-messaging-saga.answered', 'auth.hear-ai-saga.answered'],
}
/** What an ordinary day brings only by the others' chains. */
const RARE: ReadonlySet<string> = new Set([
  'saga.timer-committed',
  'erasure.batch-committed',
  'export.batch-brought',
  'batch.committed',
  'person.batch-committed',
  'job.giving-up',
])

const ordinaryPoints = listFailpoints()
  .filter(({ name }) => !RARE.has(name))
  .flatMap(({ name }) => [name, ...(DETAILS[name] ?? []).map((detail) => `${name}:${detail}`)])

/** A death costs a start and a lease that runs out: the test command dies at some points, `npm run test:crash` at each. */
const SAMPLE = process.env['CRASH_POINTS'] === 'all' ? 1 : 8
/** Each program lives through a few deaths: a start costs more than everything else. */
const CHAIN = 5

const chainsOf = (points: readonly string[]): (readonly string[])[] =>
  Array.from({ length: Math.ceil(points.length / CHAIN) }, (_, index) => points.slice(index * CHAIN, (index + 1) * CHAIN))

export const ordinaryChains = (): readonly (readonly string[])[] => chainsOf(sampled(ordinaryPoints))
export const sampled = (points: readonly string[]): readonly string[] => points.filter((_, index) => index % SAMPLE === 0)

/** The names, without details and counts, of everything that some chain dies at when all of it is run. */
export const namesInChains = (): ReadonlySet<string> =>
  new Set(
    [...ordinaryPoints, ...UNDONE_FOUNDING, ...UNDONE_HAND_OVER, ...DEPARTURE, ...EXPORT, ...MANY_RECORDS, ...ERASED_PERSON, ...GIVEN_UP_JOB].map(
      (point) => point.split(/[:#]/)[0] ?? point,
    ),
  )
