-- Which reasons there are is the contract of session.revoked; the table only keeps the form.
alter table auth.session drop constraint session_revoked_reason_check;
alter table auth.session add constraint session_revoked_reason_check check (revoked_reason ~ '^[a-z-]{1,40}$') not valid;
