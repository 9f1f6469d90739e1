-- When the person of a session has last proven who they are, and how. Sensitive actions ask for a recent proof (step-up);
-- sessions from before this column count as proven long ago.
alter table auth.session
  add column authenticated_at timestamptz not null default 'epoch',
  add column factors          text[]      not null default '{password}';
alter table auth.session alter column authenticated_at set default now();
comment on column auth.session.factors is 'type: Factor';
