-- What the scanner for malware says of a file. Null: nobody asked one.
alter table crm.file
  add column scan_state   text,
  add column scan_finding text;
alter table crm.file add constraint file_scan_state_check check (scan_state in ('waiting', 'clean', 'infected', 'unscannable')) not valid;
alter table crm.file add constraint file_scan_finding_check check (length(scan_finding) <= 200) not valid;
