import { auth } from '../ctx.ts'
import { purgeChallenges } from './challenges/purge-challenges.ts'

export const purgeChallengesHourly = auth.scheduled({ name: 'auth.purge-challenges', schedule: '41 * * * *', handle: purgeChallenges })
