import type { ServiceName } from '@ai-crm/contracts'
import type { ServiceHost } from '@ai-crm/platform'
import type { Logger } from 'pino'
import { createRetryBudget, type RetryBudget } from './retry-budget.ts'
import { openTarget, type Target } from './target.ts'

/** The replicas of every service that runs in other processes. */
export interface Upstreams {
  /** Replicas in the order in which to try them: in turn, those that answered lately before those that did not. */
  candidates(service: ServiceName): readonly Target[]
  /** Bounds how many requests of the service are sent a second time. */
  retries(service: ServiceName): RetryBudget
  close(): Promise<void>
}

export function openUpstreams(urls: ServiceHost['upstreams'], log: Logger): Upstreams {
  const targets = new Map(Object.entries(urls).map(([service, list]) => [service, (list ?? []).map((url) => openTarget(service, new URL(url), log))]))
  const budgets = new Map<ServiceName, RetryBudget>()
  let turn = 0
  return {
    candidates(service) {
      const all = targets.get(service) ?? []
      turn++
      const inTurn = all.map((_target, index) => all[(index + turn) % all.length]).filter((target) => target !== undefined)
      return inTurn.toSorted((left, right) => Number(right.isAnswering()) - Number(left.isAnswering()))
    },
    retries(service) {
      const budget = budgets.get(service) ?? createRetryBudget()
      budgets.set(service, budget)
      return budget
    },
    async close() {
      await Promise.all([...targets.values()].flat().map((target) => target.close()))
    },
  }
}
