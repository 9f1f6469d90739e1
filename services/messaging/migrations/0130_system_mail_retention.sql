-- Forgotten after 90 days (src/system-mails/retention.ts): by the sweep of all organisations, which alone reads by time.
select platform.grant_relay('messaging.system_mail', 'select, delete');
-- Small: a block range index of a table that a few mails a minute go to.
-- squawk-ignore require-concurrent-index-creation
create index system_mail_created_at on messaging.system_mail using brin (created_at);
