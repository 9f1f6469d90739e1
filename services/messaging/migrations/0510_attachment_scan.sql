-- What the scanner for malware says of an attachment. Null: nobody asked one.
alter table messaging.attachment
  add column scan_state   text,
  add column scan_finding text;
alter table messaging.attachment add constraint attachment_scan_state_check check (scan_state in ('waiting', 'clean', 'infected', 'unscannable')) not valid;
alter table messaging.attachment add constraint attachment_scan_finding_check check (length(scan_finding) <= 200) not valid;
