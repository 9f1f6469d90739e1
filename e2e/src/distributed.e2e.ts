import { areas } from './areas.ts'
import { rollingRestart } from './journeys/rolling-restart.ts'
import { startNames } from './names.ts'
import { distributed } from './ways.ts'

const names = startNames()

distributed([...areas(names.server), { name: 'operations', journeys: [rollingRestart] }], names.environment)
