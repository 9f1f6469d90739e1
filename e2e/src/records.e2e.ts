import { companiesOnScreen } from './journeys/companies-on-screen.ts'
import { contactsOnScreen } from './journeys/contacts-on-screen.ts'
import { dealsOnScreen } from './journeys/deals-on-screen.ts'
import { fieldsOnScreen } from './journeys/fields-on-screen.ts'
import { filesOnScreen } from './journeys/files-on-screen.ts'
import { notesOnScreen } from './journeys/notes-on-screen.ts'
import { tasksOnScreen } from './journeys/tasks-on-screen.ts'
import { inBothWays } from './ways.ts'

inBothWays('records', [
  contactsOnScreen,
  companiesOnScreen,
  dealsOnScreen,
  fieldsOnScreen,
  tasksOnScreen,
  notesOnScreen,
  filesOnScreen,
])
