alter table crm.task force row level security;
alter table crm.note force row level security;
