-- A release that knew no decisions may have written some rows since 0005. From here on whatever is not open says when it was decided.
alter table pipeline.deal no force row level security;
alter table pipeline.stay no force row level security;
update pipeline.deal set decided_at = entered_at where stage_kind <> 'open' and decided_at is null;
update pipeline.stay set decided_at = entered_at where stage_kind <> 'open' and decided_at is null;
alter table pipeline.deal force row level security;
alter table pipeline.stay force row level security;
alter table pipeline.deal add constraint deal_is_decided check (stage_kind = 'open' or decided_at is not null) not valid;
alter table pipeline.stay add constraint stay_is_decided check (stage_kind = 'open' or decided_at is not null) not valid;
