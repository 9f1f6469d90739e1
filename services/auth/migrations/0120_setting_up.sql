-- The other services are still preparing their part (the saga auth.provision-organization); people see that it lasts.
alter table auth.organization add column is_setting_up boolean not null default false;
