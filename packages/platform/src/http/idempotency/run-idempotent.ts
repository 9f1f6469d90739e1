import { AppError } from '../../errors.ts'
import { defineFailpoint } from '../../failpoints/failpoint.ts'
import type { UnitOfWork } from '../../runtime/runtime.ts'
import type { Ctx } from '../../context.ts'
import { idempotencyInFlight, idempotencyMismatch, replayOutOfReach } from '../request-errors.ts'
import { isLocked, lockStatement, lookupStatement, storeStatement, storedAnswer, type IdempotencyClaim, type StoredAnswer } from './idempotency-key.ts'

/**
 * claimed (advisory lock) → executed → stored with the effect → committed → answered
 * claimed → executed → refused (4xx): effect undone, refusal stored in a transaction of its own → answered
 * A crash or a 5xx leaves nothing behind: the next request with the key runs again.
 */
export interface IdempotentWork {
  readonly claim: IdempotencyClaim
  /** Once aborted, nothing is committed any more: the caller has already been told that the work was given up. */
  readonly signal: AbortSignal
  openUnit(): UnitOfWork
  execute(ctx: Ctx): Promise<StoredAnswer>
  /** The body and status of an error that is part of the contract. */
  describe(error: AppError): StoredAnswer
}

export interface IdempotentAnswer extends StoredAnswer {
  readonly isReplay: boolean
}

const beforeCommit = defineFailpoint('request.before-commit', 'A request with Idempotency-Key is about to commit effect and answer')
const afterCommit = defineFailpoint('request.after-commit', 'Effect and answer are committed; the client has no answer')

/** Runs the work at most once per key. The answer is returned only after it is committed together with the effect. */
export async function runIdempotent(work: IdempotentWork): Promise<IdempotentAnswer> {
  const unit = work.openUnit()
  try {
    const replay = await claim(unit, work.claim)
    if (replay) {
      await unit.rollback()
      return { ...replay, isReplay: true }
    }
    const answer = await executeIn(unit, work)
    work.signal.throwIfAborted()
    unit.defer(storeStatement(work.claim, answer))
    beforeCommit()
    await unit.commit()
    afterCommit()
    return { ...answer, isReplay: false }
  } catch (error) {
    await unit.rollback()
    if (!(error instanceof ContractRefusal)) throw error
    await storeRefusal(work, work.describe(error.refusal))
    throw error.refusal
  }
}

async function claim(unit: UnitOfWork, claimed: IdempotencyClaim): Promise<StoredAnswer | null> {
  const [lock, lookup] = await unit.batch([lockStatement(claimed), lookupStatement(claimed)])
  if (!isLocked(lock)) throw idempotencyInFlight()
  const stored = storedAnswer(lookup, claimed)
  if (stored && !stored.isSameRequest) throw idempotencyMismatch()
  if (stored && stored.status < 400 && !stored.isStillInReach) throw replayOutOfReach()
  return stored
}

/** Marks an error that the handler threw, apart from those of claiming. */
class ContractRefusal extends Error {
  readonly refusal: AppError
  constructor(refusal: AppError) {
    super(refusal.message)
    this.refusal = refusal
  }
}

async function executeIn(unit: UnitOfWork, work: IdempotentWork): Promise<StoredAnswer> {
  try {
    return await work.execute(unit.ctx)
  } catch (error) {
    if (error instanceof AppError && isKept(error.status)) throw new ContractRefusal(error)
    throw error
  }
}

/** Not kept: what says nothing about the request itself (who asks, too often, too slow) and may be different next time. */
const PASSING: ReadonlySet<number> = new Set([401, 403, 408, 425, 429])
const isKept = (status: number): boolean => status >= 400 && status < 500 && !PASSING.has(status)

/** The effect is undone by now. Should another request have taken the key meanwhile, its answer is the one that counts. */
async function storeRefusal(work: IdempotentWork, refusal: StoredAnswer): Promise<void> {
  const unit = work.openUnit()
  try {
    const [lock, lookup] = await unit.batch([lockStatement(work.claim), lookupStatement(work.claim)])
    if (isLocked(lock) && !storedAnswer(lookup, work.claim)) unit.defer(storeStatement(work.claim, refusal))
    await unit.commit()
  } catch (error) {
    await unit.rollback()
    throw error
  }
}
