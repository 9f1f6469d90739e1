import { expect, it } from 'vitest'
import { createTestDatabase } from '../database/create-test-database.ts'
import { withAdmin } from '../database/test-cluster.ts'
import { reviewed } from '../reviewed-tables.ts'
import { findViolations } from './find-violations.ts'

// Two services with a table each, made here, so that the product's tables may change freely.
const database = await createTestDatabase([
  { name: 'walled', migrations: new URL('./fixtures/walled/', import.meta.url) },
  { name: 'neighbour', migrations: new URL('./fixtures/neighbour/', import.meta.url) },
])

const own = 'organization_id = (select platform.current_organization())'

/** Each takes one wall away (reliability 2.4.5). A check that never failed proves nothing. */
const mutants: Readonly<Record<string, string>> = {
  'no forced row-level security': 'alter table walled.thing no force row level security',
  'no row-level security': 'alter table walled.thing disable row level security',
  'no tenant policy': 'drop policy tenant on walled.thing',
  'a tenant policy that lets all pass': 'alter policy tenant on walled.thing using (true)',
  'a tenant policy that lets all in': 'alter policy tenant on walled.thing with check (true)',
  'a tenant policy that passes without context': `alter policy tenant on walled.thing using (${own} or platform.current_organization() is null)`,
  'a tenant policy for reading only': `drop policy tenant on walled.thing; create policy tenant on walled.thing as restrictive for select using (${own})`,
  'a tenant policy that does not bind everybody': 'alter policy tenant on walled.thing to walled_migrate',
  'a relay that passes': "select platform.grant_relay('walled.thing', 'select')",
  'a relay with rights': 'grant select on walled.thing to walled_relay',
  'a second permissive policy': 'create policy wide on walled.thing for select to walled_app using (true)',
  'a policy for strangers': 'create policy stranger on walled.thing for select to neighbour_app using (true)',
  'rows that can move': 'drop trigger keep_organization on walled.thing',
  'rows that can move, quietly': 'alter table walled.thing disable trigger keep_organization',
  'an organization_id that may be null':
    'alter table walled.thing drop constraint thing_pkey cascade; alter table walled.thing alter organization_id drop not null',
  'a global unique key': 'create unique index thing_name on walled.thing (name)',
  'an index without the organisation': 'create index thing_by_name on walled.thing (name, organization_id)',
  'a reference by plain id':
    'create unique index thing_id on walled.thing (id); alter table walled.part add foreign key (thing_id) references walled.thing (id)',
  'a reference to a global table': 'create table walled.kind (id uuid primary key); alter table walled.thing add foreign key (id) references walled.kind (id)',
  'a table without organization_id': 'create table walled.loose (id uuid primary key)',
  'a tenant table that nobody protected': 'create table walled.naked (organization_id uuid primary key)',
  'a view with its owner’s rights': 'create view walled.peek as select * from walled.thing',
  'a materialised view': 'create materialized view walled.copy as select * from walled.thing',
  'a function with its owner’s rights':
    "create function walled.peek() returns bigint language sql security definer set search_path = walled as 'select count(*) from thing'",
  'rights for everybody': 'grant select on walled.thing to public',
  'truncate for the app': 'grant truncate on walled.thing to walled_app',
  'a table of the login role': 'grant create on schema walled to walled_app; alter table walled.thing owner to walled_app',
  'a partition that can be named': `create table walled.slice (organization_id uuid not null primary key) partition by hash (organization_id);
    create table walled.slice_0 partition of walled.slice for values with (modulus 1, remainder 0);
    select platform.protect_tenant_table('walled.slice'); grant select on walled.slice_0 to walled_app`,
  'an owner that logs in': 'alter role walled_owner login',
  'a superuser': 'alter role walled_app superuser',
  'an app that bypasses row-level security': 'alter role walled_app bypassrls',
  'an app that belongs to the owner': 'grant walled_owner to walled_app',
  'an app that inherits': 'alter role walled_app inherit',
  'an app without a statement timeout': 'alter role walled_app reset statement_timeout',
  'an app that may create': 'grant create on schema walled to walled_app',
  'an app in a neighbour’s schema': 'grant usage on schema neighbour to walled_app',
  'temporary tables': `do $$ begin execute format('grant temporary on database %I to walled_app', current_database()); end $$`,
}

const platformOnly = {
  ...reviewed,
  ...Object.fromEntries(
    Object.entries(reviewed).map(([list, entries]) => [list, Object.fromEntries(Object.entries<string>(entries).filter(([name]) => !name.includes('.')))]),
  ),
}

it('finds nothing wrong while every wall stands', async () => {
  expect(await findViolations(database.asAdmin, platformOnly)).toEqual([])
})

it.each(Object.entries(mutants))('notices %s', async (_name, mutant) => {
  const violations = await withAdmin(database.cluster, database.name, async (run) => {
    await run('begin')
    await run(mutant)
    return findViolations(run, platformOnly) // the transaction ends with the connection: nothing of it stays
  })
  expect(violations).not.toEqual([])
})
