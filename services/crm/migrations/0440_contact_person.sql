-- How somebody likes to be reached, when and in which language, and whether they let themselves be written to. Nothing there: nobody knows.
alter table crm.contact
  add column preferred_channel text,
  add column time_zone text,
  add column language text,
  add column consent text,
  add column consent_on date,
  add column consent_source text,
  add column consent_note text;

-- What is new is null everywhere: the constraints hold for what there is without being looked at.
alter table crm.contact
  add constraint contact_preferred_channel_known check (preferred_channel in ('email', 'telegram', 'phone')) not valid,
  add constraint contact_time_zone_length check (length(time_zone) <= 64) not valid,
  add constraint contact_language_length check (length(language) <= 35) not valid,
  add constraint contact_consent_known check (consent in ('given', 'withdrawn')) not valid,
  add constraint contact_consent_source_length check (length(consent_source) <= 200) not valid,
  add constraint contact_consent_note_length check (length(consent_note) <= 1000) not valid,
  -- Each consent has its day, and without one there is nothing more to say.
  add constraint contact_consent_whole check ((consent is null) = (consent_on is null)
    and (consent is not null or (consent_source is null and consent_note is null))) not valid;

-- What lists are walked by: those that have a value, which are few; the others are walked by the key. A contact without one costs nothing here.
-- squawk-ignore require-concurrent-index-creation
create index contact_by_preferred_channel on crm.contact (organization_id, preferred_channel, id) where deleted_at is null and preferred_channel is not null;
-- squawk-ignore require-concurrent-index-creation
create index contact_by_time_zone on crm.contact (organization_id, time_zone, id) where deleted_at is null and time_zone is not null;
-- squawk-ignore require-concurrent-index-creation
create index contact_by_language on crm.contact (organization_id, language, id) where deleted_at is null and language is not null;
-- squawk-ignore require-concurrent-index-creation
create index contact_by_consent on crm.contact (organization_id, consent, id) where deleted_at is null and consent is not null;
-- squawk-ignore require-concurrent-index-creation
create index contact_by_consent_day on crm.contact (organization_id, consent_on, id) where deleted_at is null and consent_on is not null;
