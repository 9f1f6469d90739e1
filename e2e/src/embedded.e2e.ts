import { areas } from './areas.ts'
import { afterKill } from './journeys/after-kill.ts'
import { startNames } from './names.ts'
import { embedded } from './ways.ts'

const names = startNames()
const journeys = areas(names.server).map(({ name, across, within }) => ({ name, journeys: [...across, ...within] }))

embedded([...journeys, { name: 'a crash', journeys: [afterKill] }], names.environment)
