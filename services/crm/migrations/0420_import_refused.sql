-- Told with every look at an import, so not counted each time. Imports from before say none; their rows can be downloaded all the same.
alter table crm.import add column refused integer not null default 0 check (refused >= 0);
