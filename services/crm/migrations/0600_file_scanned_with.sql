-- The version of the scanner, with its signatures, that gave the verdict. Null: from before that was noted.
alter table crm.file add column scanned_with text;
alter table crm.file add constraint file_scanned_with_check check (length(scanned_with) <= 200) not valid;
