-- In a transaction of its own: writes go on while the rows are looked at.
alter table auth.session validate constraint session_revoked_reason_check;
