import { inReach, type Asker } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'

/** Conditions on `company`. */
export const mayRead = (asker: Asker) => inReach(asker, 'company', 'read', 'company.ownerId')
export const mayWrite = (asker: Asker) => inReach(asker, 'company', 'write', 'company.ownerId')

/** As mayRead, for companies that are named in requests about other things, where no route asks for the permission. */
export const maySee = (asker: Asker): RawBuilder<boolean> =>
  asker.rights && !asker.rights.permissions.has('crm.company.read') ? sql<boolean>`false` : mayRead(asker)
