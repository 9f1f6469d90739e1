-- A flow that asks the provider for a new sign-in, not for one that it remembers.
alter table auth.sso_flow add column is_fresh boolean not null default false;
