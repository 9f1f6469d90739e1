import { defineError } from './errors.ts'

/** A deadline is a moment on the steady clock of this process (`performance.now()`), never on one that can be set. */
export const deadlineExceeded = defineError('platform.deadline_exceeded', 504, () => 'The answer took too long; the work was given up.')

/** Milliseconds until then, whole and never negative; Infinity where there is no deadline. */
export const remainingMs = (dueAtMs: number): number => Math.max(0, Math.floor(dueAtMs - performance.now()))
