-- While a projection of an organisation is rebuilt, nothing is told to the service's consumers for it: what comes waits in its line.
-- The lock belongs to the transaction that rebuilds and ends with it, however that ends.
create function consumers_lock(out service integer, out organization integer) language sql stable as $$
  select hashtext('consumers of ' || current_schema()), hashtext(platform.current_organization()::text)
$$;

-- Waits for the handlers that are at work; those that come afterwards are refused.
create function pause_consumers() returns void language plpgsql as $$
declare lock constant record := consumers_lock();
begin
  perform pg_advisory_xact_lock(lock.service, lock.organization);
end
$$;

-- AC001 while they are paused; else they cannot be before this transaction is over.
create function pass_unless_paused() returns void language plpgsql as $$
declare lock constant record := consumers_lock();
begin
  if not pg_try_advisory_xact_lock_shared(lock.service, lock.organization) then
    raise exception 'A projection is being rebuilt.' using errcode = 'AC001';
  end if;
end
$$;

create or replace function claim_events(consumers text[], event_ids uuid[], aggregate_ids uuid[]) returns void language plpgsql as $$
begin
  perform pass_unless_paused();
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
