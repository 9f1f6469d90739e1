import { auth } from '../ctx.ts'
import { purgeChallenges } from './challenges/purge-challenges.ts'
import { resetDue } from './reset/reset-due.ts'

export const purgeChallengesHourly = auth.scheduled({ name: 'auth.purge-challenges', schedule: '41 * * * *', handle: purgeChallenges })

export const resetFactorsWhenDue = auth.scheduled({ name: 'auth.reset-factors', schedule: '*/5 * * * *', handle: resetDue })
