import { defineFailpoint } from '../failpoints/failpoint.ts'

const beforeCommit = defineFailpoint('consumer.before-commit', 'A consumer is about to commit its effect with the inbox row; by its name')
const afterCommit = defineFailpoint('consumer.after-commit', 'A consumer has committed; the bus has no acknowledgement')

/** Consumers that share a transaction are passed one by one. */
export function passBeforeCommit(consumers: readonly string[]): void {
  for (const consumer of consumers) beforeCommit(consumer)
}

export function passAfterCommit(consumers: readonly string[]): void {
  for (const consumer of consumers) afterCommit(consumer)
}
