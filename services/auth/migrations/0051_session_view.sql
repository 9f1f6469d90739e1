-- What a person sees of their sessions, and further reasons for which one ends.
alter table auth.session drop constraint session_revoked_reason_check;
alter table auth.session add constraint session_revoked_reason_check check (
  revoked_reason in ('sign-out', 'refresh-reuse', 'expired', 'revoked', 'ended-by-admin', 'credentials-changed', 'member-disabled', 'member-removed')
) not valid;
-- Where the session began and where it was seen last; written at refresh, not at every request.
alter table auth.session add column address text check (length(address) <= 64);
alter table auth.session add column last_address text check (length(last_address) <= 64);
alter table auth.session add column last_seen_at timestamptz not null default now();
-- Sessions of the last weeks only: the index is there in a moment.
-- squawk-ignore require-concurrent-index-creation
create index session_by_device on auth.session (organization_id, user_id, device_digest);
