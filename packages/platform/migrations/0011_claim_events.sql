-- Claims events for consumers inside the handlers' transaction, or fails it: an event that was handled before breaks the
-- primary key of inbox, one that must wait behind a parked one of its line raises AC001. So the claim can travel together
-- with the handler's own statements: what it refuses has not happened.
create function claim_events(consumers text[], event_ids uuid[], aggregate_ids uuid[]) returns void language plpgsql as $$
begin
  insert into inbox (consumer, event_id) select * from unnest(consumers, event_ids);
  if exists (select from parked_event p join unnest(consumers, aggregate_ids) as line (consumer, aggregate_id) using (consumer, aggregate_id)
              where p.status <> 'dead') then
    raise exception 'Earlier events of this line are parked.' using errcode = 'AC001';
  end if;
end
$$;
