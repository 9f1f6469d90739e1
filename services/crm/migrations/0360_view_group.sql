-- By which field a list is grouped.
alter table crm.view add column group_by text;
alter table crm.view add constraint view_group_by_length check (length(group_by) <= 60) not valid;
