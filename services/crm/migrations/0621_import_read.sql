-- How much of its file was read while it is analysed or checked: of a workbook there are no rows yet while its texts are read.
alter table crm.import add column read_percent integer not null default 0 check (read_percent between 0 and 100);
