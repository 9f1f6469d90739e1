-- `manager` stands between admin and member.
alter table auth.membership drop constraint membership_role_check;
alter table auth.membership add constraint membership_role_check check (role in ('owner', 'admin', 'manager', 'member', 'viewer')) not valid;
