-- In a transaction of its own: writes go on while the rows are looked at.
alter table auth.membership validate constraint membership_role_check;
alter table auth.membership validate constraint membership_custom_role;
