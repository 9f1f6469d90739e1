-- 0060 had taken the claim from before aggregates could be erased alone: what came late about an erased person was told again.
create or replace function claim_events(consumers text[], event_ids uuid[], aggregate_ids uuid[]) returns void language plpgsql as $$
begin
  perform pass_unless_paused();
  if exists (select from erased_organization) or exists (select from erased_aggregate where id = any(aggregate_ids)) then
    raise exception 'What this is about is erased here.' using errcode = 'AC002';
  end if;
  insert into inbox (consumer, event_id) select * from unnest(consumers, event_ids);
  if exists (select from parked_event p join unnest(consumers, aggregate_ids) as line (consumer, aggregate_id) using (consumer, aggregate_id)
              where p.status <> 'dead') then
    raise exception 'Earlier events of this line are parked.' using errcode = 'AC001';
  end if;
end
$$;
