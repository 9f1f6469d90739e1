alter table crm.contact force row level security;
alter table crm.contact_address force row level security;
