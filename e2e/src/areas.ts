import type { DnsServer } from '@ai-crm/testing/fakes/dns-server'
import { accountOnScreen } from './journeys/account-on-screen.ts'
import { boardConvergesOnScreen } from './journeys/board-converges-on-screen.ts'
import { boardOnScreen } from './journeys/board-on-screen.ts'
import { bulkOnScreen } from './journeys/bulk-on-screen.ts'
import { cellsOnScreen } from './journeys/cells-on-screen.ts'
import { clientProgram } from './journeys/client-program.ts'
import { companiesOnScreen } from './journeys/companies-on-screen.ts'
import { contactsOnScreen } from './journeys/contacts-on-screen.ts'
import { dayOnScreen } from './journeys/day-on-screen.ts'
import { dealsOnScreen } from './journeys/deals-on-screen.ts'
import { departureOnScreen } from './journeys/departure-on-screen.ts'
import { duplicatesOnScreen } from './journeys/duplicates-on-screen.ts'
import { erasureOnScreen } from './journeys/erasure-on-screen.ts'
import { exportOnScreen } from './journeys/export-on-screen.ts'
import { factorsOnScreen } from './journeys/factors-on-screen.ts'
import { fieldsOnScreen } from './journeys/fields-on-screen.ts'
import { filesOnScreen } from './journeys/files-on-screen.ts'
import { importOnScreen } from './journeys/import-on-screen.ts'
import { inboxOnScreen } from './journeys/inbox-on-screen.ts'
import { listsOnScreen } from './journeys/lists-on-screen.ts'
import { mailToReply } from './journeys/mail-to-reply.ts'
import { notesOnScreen } from './journeys/notes-on-screen.ts'
import { reachOnScreen } from './journeys/reach-on-screen.ts'
import { rightsOnScreen } from './journeys/rights-on-screen.ts'
import { ssoOnScreen } from './journeys/sso-on-screen.ts'
import { switchesOnScreen } from './journeys/switches-on-screen.ts'
import { tasksOnScreen } from './journeys/tasks-on-screen.ts'
import { teamOnScreen } from './journeys/team-on-screen.ts'
import { wonOnScreen } from './journeys/won-on-screen.ts'
import { webhooksOnScreen } from './journeys/webhooks-on-screen.ts'
import type { Journey, Walk } from './ways.ts'

/** The journeys share a system and its demo organisation: each makes what it looks at, under a name of its own, and puts settings back. */
export function areas(dns: () => DnsServer): readonly Walk[] {
  const singleSignOn: Journey = (system) => ssoOnScreen(system, dns)
  return [
    { name: 'conversations', journeys: [mailToReply, inboxOnScreen, dayOnScreen, clientProgram] },
    {
      name: 'records',
      journeys: [tasksOnScreen, notesOnScreen, contactsOnScreen, companiesOnScreen, dealsOnScreen, fieldsOnScreen, filesOnScreen, erasureOnScreen],
    },
    {
      name: 'many records',
      journeys: [bulkOnScreen, boardOnScreen, boardConvergesOnScreen, wonOnScreen, listsOnScreen, cellsOnScreen, duplicatesOnScreen, importOnScreen],
    },
    { name: 'people', journeys: [reachOnScreen, rightsOnScreen, departureOnScreen, exportOnScreen, teamOnScreen] },
    { name: 'access', journeys: [webhooksOnScreen, switchesOnScreen, accountOnScreen, factorsOnScreen, singleSignOn] },
  ]
}
