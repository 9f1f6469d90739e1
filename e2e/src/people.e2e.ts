import { departureOnScreen } from './journeys/departure-on-screen.ts'
import { exportOnScreen } from './journeys/export-on-screen.ts'
import { reachOnScreen } from './journeys/reach-on-screen.ts'
import { rightsOnScreen } from './journeys/rights-on-screen.ts'
import { teamOnScreen } from './journeys/team-on-screen.ts'
import { inBothWays } from './ways.ts'

inBothWays('people', [teamOnScreen, reachOnScreen, rightsOnScreen, departureOnScreen, exportOnScreen])
