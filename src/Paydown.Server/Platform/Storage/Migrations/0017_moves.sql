-- Lenders that go to another database (paydown organisation move).

-- Written by the owner of the tables only.
create table organisation_move (
  -- No reference: it stays when the lender is gone.
  organisation_id uuid primary key,
  -- The other database, by its name in the file.
  target          text not null,
  started_at      timestamptz not null,
  -- Since when the lender is at the target only, though its rows may still be here.
  switched_at     timestamptz,
  -- Since when its rows are gone.
  ended_at        timestamptz,
  constraint organisation_move_in_order check (ended_at is null or switched_at is not null)
);

-- True while background work must leave a lender alone. Almost always, the table is empty or has ended moves only.
create function is_moving(organisation_id uuid) returns boolean language sql stable parallel safe
return exists (select from organisation_move m where m.organisation_id = is_moving.organisation_id);

do $$
begin
  if exists (select from pg_roles where rolname = 'paydown_application') then
    grant select on organisation_move to paydown_application;
  end if;
end $$;
