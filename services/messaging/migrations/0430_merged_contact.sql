-- Into whom a contact went, until that is undone: merges are heard of in any order, and a conversation belongs to whoever has its contact by now.
create table messaging.merged_contact (
  organization_id uuid not null default platform.current_organization(),
  merged_id       uuid not null,
  survivor_id     uuid not null check (survivor_id <> merged_id),
  primary key (organization_id, merged_id)
);
select platform.protect_tenant_table('messaging.merged_contact');
