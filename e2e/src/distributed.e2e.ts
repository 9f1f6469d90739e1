import { areas } from './areas.ts'
import { rollingRestart } from './journeys/rolling-restart.ts'
import { startNames } from './names.ts'
import { distributed, isEverything } from './ways.ts'

const names = startNames()
const journeys = areas(names.server).map(({ name, across, within }) => ({ name, journeys: isEverything ? [...across, ...within] : across }))

distributed([...journeys, { name: 'operations', journeys: [rollingRestart] }], names.environment)
