alter table crm.contact force row level security;
