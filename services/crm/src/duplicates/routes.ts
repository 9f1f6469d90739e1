import { duplicateEndpoints } from '@ai-crm/contracts'
import { countryOfLanguages } from '../contacts/phone-number.ts'
import { crm } from '../ctx.ts'
import { findCompaniesLike, findContactsLike } from './find-alike.ts'
import { judgePair } from './judge-pair.ts'
import { listCompanyPairs, listContactPairs, summarizePairs } from './list-pairs.ts'
import { startScan } from './scan-records.ts'

export const duplicateRoutes = [
  crm.handle(duplicateEndpoints.listDuplicateContacts, async (ctx, { query }) => listContactPairs(ctx, query)),
  crm.handle(duplicateEndpoints.summarizeDuplicateContacts, async (ctx) => summarizePairs(ctx, 'contact')),
  crm.handle(duplicateEndpoints.judgeDuplicateContacts, async (ctx, { body }) => judgePair(ctx, 'contact', body)),
  crm.handle(duplicateEndpoints.scanContacts, async (ctx) => startScan(ctx, 'contact')),
  crm.handle(duplicateEndpoints.findContactsLike, async (ctx, { query }, { acceptLanguage }) =>
    findContactsLike(ctx, query, countryOfLanguages(acceptLanguage)),
  ),
  crm.handle(duplicateEndpoints.listDuplicateCompanies, async (ctx, { query }) => listCompanyPairs(ctx, query)),
  crm.handle(duplicateEndpoints.summarizeDuplicateCompanies, async (ctx) => summarizePairs(ctx, 'company')),
  crm.handle(duplicateEndpoints.judgeDuplicateCompanies, async (ctx, { body }) => judgePair(ctx, 'company', body)),
  crm.handle(duplicateEndpoints.scanCompanies, async (ctx) => startScan(ctx, 'company')),
  crm.handle(duplicateEndpoints.findCompaniesLike, async (ctx, { query }) => findCompaniesLike(ctx, query)),
]
