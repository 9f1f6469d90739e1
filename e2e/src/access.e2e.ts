import { accountOnScreen } from './journeys/account-on-screen.ts'
import { factorsOnScreen } from './journeys/factors-on-screen.ts'
import { switchesOnScreen } from './journeys/switches-on-screen.ts'
import { webhooksOnScreen } from './journeys/webhooks-on-screen.ts'
import { inBothWays } from './ways.ts'

inBothWays('access', (system) => {
  accountOnScreen(system)
  factorsOnScreen(system)
  webhooksOnScreen(system)
  switchesOnScreen(system)
})
