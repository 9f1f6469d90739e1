-- Counts the changes after which a formula has to be computed anew in the records that are there: the job that has gone through them says
-- that it is done only of those that have not changed again since it was asked for, whatever else of the field was.
alter table crm.field add column formula_round integer not null default 0;
