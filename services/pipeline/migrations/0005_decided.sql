-- When a deal came to be won or lost: it stays that when its stage is retired into another of the kind, and when it is deleted and restored. Null: open.
alter table pipeline.deal add column decided_at timestamptz(3);
alter table pipeline.stay add column decided_at timestamptz(3);
alter table pipeline.deal no force row level security;
alter table pipeline.stay no force row level security;
update pipeline.deal set decided_at = entered_at where stage_kind <> 'open';
update pipeline.stay set decided_at = entered_at where stage_kind <> 'open';
alter table pipeline.deal force row level security;
alter table pipeline.stay force row level security;
