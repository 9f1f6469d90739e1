/** One question to PostgreSQL's catalogue. Each row it returns is a violation: the object and what is wrong with it. */
export interface CatalogueCheck {
  readonly sql: string
}

// Schemas of services: everything that is not PostgreSQL's and not the platform's.
const SERVICE_RELATIONS = `
  relation as (
    select pg_class.oid, nspname as service, relname, relkind, relowner, reloptions, relacl, relrowsecurity, relforcerowsecurity, relispartition,
      nspname || '.' || relname as name,
      exists (select from pg_attribute where attrelid = pg_class.oid and attname = 'organization_id' and not attisdropped) as is_tenant
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname not in ('platform', 'public', 'information_schema') and nspname not like 'pg\\_%'
  ),
  tenant as (select * from relation where relkind in ('r', 'p') and is_tenant)`

const relations = (sql: string): CatalogueCheck => ({ sql: `with ${SERVICE_RELATIONS} ${sql}` })

// What `platform.protect_tenant_table` writes, as PostgreSQL prints it.
const OWN_ROWS = '(organization_id = ( SELECT platform.current_organization() AS current_organization))'

/** Of tables with organization_id (reliability 2.2, 2.4.1). */
export const TENANT_TABLE_CHECKS: readonly CatalogueCheck[] = [
  relations(`select name as object, 'row-level security is not enabled and forced' as problem from tenant where not (relrowsecurity and relforcerowsecurity)`),
  relations(`select name as object, 'organization_id may be null' as problem from tenant join pg_attribute on attrelid = tenant.oid
    where attname = 'organization_id' and not attnotnull`),
  relations(`select name as object, 'needs exactly one restrictive policy, on its own rows' as problem from tenant
    where (select count(*) from pg_policy where polrelid = tenant.oid and not polpermissive) <> 1
      or not exists (select from pg_policy where polrelid = tenant.oid and not polpermissive and polcmd = '*'
        and pg_get_expr(polqual, polrelid) = '${OWN_ROWS}' and pg_get_expr(polwithcheck, polrelid) = '${OWN_ROWS}')`),
  relations(`select name as object, 'needs exactly one permissive policy for ' || service || '_app, and none for strangers' as problem from tenant
    where (select count(*) from pg_policy where polrelid = tenant.oid and polpermissive and polroles = array[to_regrole(service || '_app')::oid]) <> 1
      or exists (select from pg_policy, unnest(polroles) as role where polrelid = tenant.oid and polpermissive
        and role <> all (array[to_regrole(service || '_app')::oid, to_regrole(service || '_relay')::oid]))
      or (select count(*) from pg_policy where polrelid = tenant.oid and polpermissive) > 2`),
  relations(`select name as object, 'a row can be moved to another organisation' as problem from tenant
    where not exists (select from pg_trigger where tgrelid = tenant.oid and tgfoid = to_regproc('platform.refuse_other_organization') and tgenabled = 'O')`),
  relations(`select tenant.name || ' ' || conname as object, 'foreign key between tenant tables does not carry organization_id' as problem
    from tenant join pg_constraint on conrelid = tenant.oid and contype = 'f' join tenant target on target.oid = confrelid
    where not exists (select from unnest(conkey, confkey) as key (own, other)
      join pg_attribute own on own.attrelid = conrelid and own.attnum = key.own and own.attname = 'organization_id'
      join pg_attribute other on other.attrelid = confrelid and other.attnum = key.other and other.attname = 'organization_id')`),
]

/** Keys and indexes of tenant tables that do not begin with organization_id: on the reviewed list, or wrong. */
export const GLOBAL_INDEXES = relations(`
  select tenant.service || '.' || index_class.relname as object, case when indisunique then 'unique' else 'index' end || ' does not begin with organization_id' as problem
  from tenant join pg_index on indrelid = tenant.oid join pg_class index_class on index_class.oid = indexrelid
  left join pg_attribute on attrelid = tenant.oid and attnum = indkey[0]
  where attname is distinct from 'organization_id'`)

/** Foreign keys of tenant tables to tables without organization_id: on the reviewed list, or wrong. */
export const GLOBAL_REFERENCES = relations(`
  select tenant.name || ' ' || conname as object, 'foreign key to a table without organization_id' as problem
  from tenant join pg_constraint on conrelid = tenant.oid and contype = 'f' join relation target on target.oid = confrelid where not target.is_tenant`)

/** Tables without organization_id: on the reviewed list, or wrong. */
export const GLOBAL_TABLES = relations(`
  select name as object, 'has no organization_id' as problem from relation where relkind in ('r', 'p') and not is_tenant`)

/** Tables on which the relay has rights, across organisations: on the reviewed list, or wrong. */
export const RELAY_TABLES = relations(`
  select name as object, 'lets ' || service || '_relay pass' as problem from relation
  where relkind in ('r', 'p') and has_table_privilege(service || '_relay', oid, 'select, insert, update, delete')`)

/** Tenant tables whose restrictive policy does not bind everybody: exactly the relay's. */
export const UNBOUND_TABLES = relations(`
  select name as object, 'the tenant policy does not bind everybody' as problem from tenant join pg_policy on polrelid = tenant.oid and not polpermissive
  where polroles <> '{0}' and polroles <> array[to_regrole(service || '_app')::oid]
    or polroles <> '{0}' and not has_table_privilege(service || '_relay', tenant.oid, 'select, insert, update, delete')`)

/** Functions that run with their owner's rights: on the reviewed list, or wrong. */
export const DEFINER_FUNCTIONS: CatalogueCheck = {
  sql: `select nspname || '.' || proname as object, 'runs with its owner''s rights' as problem from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
    where prosecdef and nspname not like 'pg\\_%' and nspname <> 'information_schema'`,
}

/** Of everything else in the services' schemas. */
export const SCHEMA_CHECKS: readonly CatalogueCheck[] = [
  relations(`select name as object, 'is owned by ' || relowner::regrole || ', not by ' || service || '_owner' as problem from relation
    where relkind in ('r', 'p', 'v', 'S') and relowner is distinct from to_regrole(service || '_owner')`),
  relations(`select name as object, 'view does not run with the rights of its reader (security_invoker)' as problem from relation
    where relkind = 'v' and not coalesce(reloptions @> '{security_invoker=true}' or reloptions @> '{security_invoker=on}', false)`),
  relations(`select name as object, 'materialised views and foreign tables know no row-level security' as problem from relation where relkind in ('m', 'f')`),
  relations(`select name as object, 'partitions are reached through their parent only' as problem from relation
    where relispartition and relkind in ('r', 'p') and has_table_privilege(service || '_app', oid, 'select, insert, update, delete')`),
  relations(`select name as object, 'everybody has rights' as problem from relation, aclexplode(relacl) as acl where acl.grantee = 0`),
  relations(`select name as object, 'app or relay may truncate, refer to, or put triggers on it' as problem from relation, unnest(array['_app', '_relay']) as suffix
    where relkind in ('r', 'p') and has_table_privilege(service || suffix, oid, 'truncate, references, trigger')`),
  {
    sql: `select nspname || '.' || proname as object, 'runs with its owner''s rights in whatever search_path its caller has' as problem
      from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
      where prosecdef and nspname not like 'pg\\_%' and not exists (select from unnest(proconfig) as setting where setting like 'search_path=%')`,
  },
]

// Roles of this database's services: <schema>_<kind>.
const SERVICE_ROLES = `
  service as (select nspname::text as service, oid as schema from pg_namespace
    where nspname not in ('platform', 'public', 'information_schema') and nspname not like 'pg\\_%'),
  role as (select service, kind, schema, pg_roles.* from service, unnest(array['owner', 'migrate', 'app', 'relay']) as kind
    join pg_roles on true where rolname = service || '_' || kind)`

const roles = (sql: string): CatalogueCheck => ({ sql: `with ${SERVICE_ROLES} ${sql}` })

export const ROLE_CHECKS: readonly CatalogueCheck[] = [
  roles(`select rolname as object, 'is a superuser, bypasses row-level security, or makes roles or databases' as problem from role
    where rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication`),
  roles(`select rolname as object, 'owners never log in' as problem from role where kind = 'owner' and rolcanlogin`),
  roles(`select rolname as object, 'belongs to ' || granted.roleid::regrole as problem from role join pg_auth_members granted on granted.member = role.oid
    where kind in ('app', 'relay') or (kind = 'migrate' and granted.roleid <> to_regrole(service || '_owner'))`),
  roles(`select rolname as object, 'inherits rights, or its timeouts are not set on the server' as problem from role
    where kind in ('app', 'relay') and (rolinherit or (select count(*) from unnest(rolconfig) as setting
      where setting ~ '^(statement_timeout|lock_timeout|idle_in_transaction_session_timeout)=[1-9]') <> 3)`),
  roles(`select rolname as object, 'may enter the schema of ' || other.service as problem from role join service other on other.service <> role.service
    where has_schema_privilege(role.oid, other.schema, 'usage') and kind <> 'owner'`),
  roles(`select rolname as object, 'may create objects' as problem from role join pg_namespace on not nspname like 'pg\\_%'
    where kind in ('app', 'relay') and has_schema_privilege(role.oid, pg_namespace.oid, 'create')`),
  roles(`select rolname as object, 'may make temporary tables' as problem from role
    where kind in ('app', 'relay') and has_database_privilege(role.oid, current_database(), 'temporary')`),
]
