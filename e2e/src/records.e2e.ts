import { companiesOnScreen } from './journeys/companies-on-screen.ts'
import { dealsOnScreen } from './journeys/deals-on-screen.ts'
import { tasksOnScreen } from './journeys/tasks-on-screen.ts'
import { inBothWays } from './ways.ts'

inBothWays('records', [companiesOnScreen, dealsOnScreen, tasksOnScreen])
