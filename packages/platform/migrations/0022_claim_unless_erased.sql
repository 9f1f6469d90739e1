-- The same claim, which also refuses (AC002) whatever comes for an organisation that is erased here: nothing grows back.
create or replace function claim_events(consumers text[], event_ids uuid[], aggregate_ids uuid[]) returns void language plpgsql as $$
begin
  if exists (select from erased_organization) then
    raise exception 'The organisation is erased here.' using errcode = 'AC002';
  end if;
  insert into inbox (consumer, event_id) select * from unnest(consumers, event_ids);
  if exists (select from parked_event p join unnest(consumers, aggregate_ids) as line (consumer, aggregate_id) using (consumer, aggregate_id)
              where p.status <> 'dead') then
    raise exception 'Earlier events of this line are parked.' using errcode = 'AC001';
  end if;
end
$$;
