import { areas } from './areas.ts'
import { afterKill } from './journeys/after-kill.ts'
import { startNames } from './names.ts'
import { embedded } from './ways.ts'

const names = startNames()

embedded([...areas(names.server), { name: 'a crash', journeys: [afterKill] }], names.environment)
