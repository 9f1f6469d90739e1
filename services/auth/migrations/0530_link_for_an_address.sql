-- A link may be for one address, like a mail: whoever accepts it has proven another way that it is theirs. Mails are for one address always.
alter table auth.invitation drop constraint invitation_check;
alter table auth.invitation add constraint invitation_check check (kind = 'link' or email is not null) not valid;
alter table auth.invitation add constraint invitation_bound_once check (email is null or (domain is null and max_uses = 1)) not valid;
-- One open mail for an address is renewed; links are not. Of the invitations of a week, so short that nobody notices.
-- squawk-ignore require-concurrent-index-deletion
drop index auth.invitation_open_email;
-- squawk-ignore require-concurrent-index-creation
create unique index invitation_open_email on auth.invitation (organization_id, email) where kind = 'email' and revoked_at is null and uses = 0;
-- squawk-ignore require-concurrent-index-creation
create index invitation_by_email on auth.invitation (organization_id, email) where email is not null;
