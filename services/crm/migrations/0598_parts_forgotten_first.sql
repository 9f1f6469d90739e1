-- What goes with an operation or an import by a foreign key may be a million rows: the retention sweep takes it away piece by piece, before what it is of.
select platform.grant_relay('crm.operation_record', 'select, delete');
select platform.grant_relay('crm.import_refusal', 'select, delete');
