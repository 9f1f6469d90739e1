/** One guard taken away by an exact change of one file, and the test that has to turn red (contract 42). */
export interface GuardMutant {
  readonly guard: string
  readonly file: string
  /** Stands in the file exactly once. */
  readonly from: string
  readonly to: string
  readonly test: string
  readonly project: 'unit' | 'int'
}

const platform = 'packages/platform/src'
const idempotency = `${platform}/http/idempotency/idempotency.int.test.ts`
const interleaved = `${platform}/db/interleaved.int.test.ts`

/** Guards of the wall between organisations that live in code; those of the catalogue are in packages/testing/src/catalogue. */
export const GUARD_MUTANTS: readonly GuardMutant[] = [
  {
    guard: 'cache keys carry the organisation',
    file: `${platform}/cache/cache-key.ts`,
    from: '`org:${Organization.parse(organizationId)}`',
    to: '`org:${Organization.parse(organizationId).slice(0, 0)}`',
    test: `${platform}/cache/cache-key.test.ts`,
    project: 'unit',
  },
  {
    guard: 'cursors are bound to the organisation',
    file: `${platform}/http/cursor.ts`,
    from: '`${ctx.organizationId}\\n${kind}\\n`',
    to: '`${kind}\\n`',
    test: `${platform}/http/cursor.test.ts`,
    project: 'unit',
  },
  {
    guard: 'rooms carry the organisation',
    file: 'services/websocket/src/sockets/rooms.ts',
    from: '`organization:${organizationId}`\n',
    to: "'organization:' + organizationId.slice(0, 0)\n",
    test: 'services/websocket/src/sockets/rooms.test.ts',
    project: 'unit',
  },
  {
    guard: 'a service token speaks for its organisation alone',
    file: `${platform}/http/service-tokens.ts`,
    from: 'organizationId: claims.org ?? null',
    to: 'organizationId: null',
    test: `${platform}/http/service-tokens.test.ts`,
    project: 'unit',
  },
  {
    guard: 'a service token is for one service',
    file: `${platform}/http/service-tokens.ts`,
    from: '          audience,\n',
    to: '',
    test: `${platform}/http/service-tokens.test.ts`,
    project: 'unit',
  },
  {
    guard: 'the context ends with the transaction',
    file: `${platform}/db/tenant-context.ts`,
    from: `const SET_CONTEXT = "select set_config('app.organization_id', $1, true)"`,
    to: `const SET_CONTEXT = "select set_config('app.organization_id', $1, false)"`,
    test: interleaved,
    project: 'int',
  },
  {
    // Rolling back, releasing and lending each look at it: taking away one of them alone is caught by the others.
    guard: 'a connection is lent only outside of any transaction',
    file: `${platform}/db/connection.ts`,
    from: "return this.#client.getTransactionStatus() === 'I'",
    to: 'return true',
    test: interleaved,
    project: 'int',
  },
  {
    guard: 'people of two organisations do not wait for themselves',
    file: `${platform}/http/idempotency/idempotency-key.ts`,
    from: "sha256([principal.organizationId, scopeHash.toString('hex')])",
    to: "sha256([scopeHash.toString('hex')])",
    test: idempotency,
    project: 'int',
  },
  {
    guard: 'an Idempotency-Key is of one person',
    file: `${platform}/http/idempotency/idempotency-key.ts`,
    from: 'sha256([...agentOf(principal), route, key])',
    to: 'sha256([route, key])',
    test: idempotency,
    project: 'int',
  },
  {
    guard: 'a replay leaves out what is hidden by now',
    file: `${platform}/http/answer-once.ts`,
    from: 'hide ? withoutHidden(answer, request, hide) : answer',
    to: 'answer',
    test: idempotency,
    project: 'int',
  },
  {
    guard: 'a replay reaches no further than the rights of now',
    file: `${platform}/http/idempotency/run-idempotent.ts`,
    from: 'if (stored && stored.status < 400 && !stored.isStillInReach) throw replayOutOfReach()\n',
    to: '',
    test: idempotency,
    project: 'int',
  },
  {
    guard: 'a consumer works in the organisation of the event',
    file: `${platform}/events/handle-event.ts`,
    from: '  organizationId: envelope.organizationId,\n',
    to: '  organizationId: envelope.aggregate.id,\n',
    test: `${platform}/events/events.int.test.ts`,
    project: 'int',
  },
  {
    guard: 'a job works in the organisation of its row',
    file: `${platform}/jobs/job-queue.ts`,
    from: 'origin: { organizationId: row.organizationId, ...StoredOrigin',
    to: 'origin: { organizationId: row.id, ...StoredOrigin',
    test: `${platform}/jobs/jobs.int.test.ts`,
    project: 'int',
  },
  {
    guard: 'the search of contacts filters by the organisation itself',
    file: 'services/crm/migrations/0002_contact_search.sql',
    from: 'where s.tenant_id = tenant and s.words like patterns[1]',
    to: 'where s.words like patterns[1]',
    test: 'services/crm/src/contacts/search-contacts.int.test.ts',
    project: 'int',
  },
  {
    guard: 'the search of companies filters by the organisation itself',
    file: 'services/crm/migrations/0160_company.sql',
    from: 'where s.tenant_id = tenant and s.words like patterns[1]',
    to: 'where s.words like patterns[1]',
    test: 'services/crm/src/companies/list-companies.int.test.ts',
    project: 'int',
  },
  {
    guard: 'companies that belong to each other stay a tree, whoever moves them at once',
    file: 'services/crm/src/companies/update-company.ts',
    from: '    if (input.parentId) await lockTree(ctx, db)\n',
    to: '',
    test: 'services/crm/src/companies/company-tree.int.test.ts',
    project: 'int',
  },
  {
    guard: 'the search of deals filters by the organisation itself',
    file: 'services/crm/migrations/0162_deal.sql',
    from: 'where s.tenant_id = tenant and s.words like patterns[1]',
    to: 'where s.words like patterns[1]',
    test: 'services/crm/src/deals/deals.int.test.ts',
    project: 'int',
  },
  {
    guard: 'nobody takes somebody into a deal whom they cannot see',
    file: 'services/crm/src/deals/require-known.ts',
    from: '.where(maySee)',
    to: '',
    test: 'services/crm/src/deals/deals.int.test.ts',
    project: 'int',
  },
  {
    guard: 'a list is not sorted by what the role hides',
    file: 'services/crm/src/deals/list-deals.ts',
    from: "search.sort === 'expectedCloseOn' &&",
    to: 'false &&',
    test: 'services/crm/src/deals/deal-rights.int.test.ts',
    project: 'int',
  },
  {
    guard: 'a rule on the company of a contact holds for its link',
    file: 'packages/contracts/src/core/record.ts',
    from: "contact: { company: ['companyId'] },",
    to: '',
    test: 'services/crm/src/contacts/contact-company.int.test.ts',
    project: 'int',
  },
  {
    guard: 'nobody links a company that they cannot see',
    file: 'services/crm/src/companies/company-tree.ts',
    from: '.where(maySee(ctx))',
    to: '',
    test: 'services/crm/src/contacts/contact-company.int.test.ts',
    project: 'int',
  },
  {
    guard: 'tenant tables are protected by a restrictive policy on their own rows',
    file: `${platform}/db/prepare/platform-schema.sql`,
    from: "own_rows constant text := 'organization_id = (select platform.current_organization())'",
    to: "own_rows constant text := 'true'",
    test: 'packages/testing/src/catalogue/catalogue.int.test.ts',
    project: 'int',
  },
  {
    guard: 'row-level security binds the owner as well',
    file: `${platform}/db/prepare/platform-schema.sql`,
    from: 'enable row level security, force row level security',
    to: 'enable row level security',
    test: 'packages/testing/src/catalogue/catalogue.int.test.ts',
    project: 'int',
  },
  {
    guard: 'no service works as a role that row-level security does not bind',
    file: `${platform}/db/role-guard.ts`,
    from: '  if (found.length === 0) return\n',
    to: '  if (found.length >= 0) return\n',
    test: `${platform}/db/open-database.int.test.ts`,
    project: 'int',
  },
]
