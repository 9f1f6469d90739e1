-- Where an erasure goes on: the step that is next, and the key behind which a table is walked through (person-progress.ts).
alter table person_erasure_part add column progress jsonb not null default '{}';
-- What it waits for, as others were told; null: nothing.
alter table person_erasure_part add column waits_for text;
