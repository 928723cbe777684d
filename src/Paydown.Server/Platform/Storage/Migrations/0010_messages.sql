-- What a write leaves for others: the answer for a repeat of the request, and the events for other systems.

-- A key belongs to a caller, method and route. The answer is stored with the effect and returned to a repeat byte for
-- byte. Never partitioned by time: a key could then be used once per partition.
create table idempotency_record (
  caller_id    uuid not null,
  route        text not null,
  key          text not null,
  request_hash digest not null,
  status       smallint not null,
  body         bytea not null,
  recorded_at  timestamptz not null,
  primary key (caller_id, route, key)
);
create index idempotency_record_age on idempotency_record using brin (recorded_at);

-- Events for other systems, written in the transaction of what they report. Partitioned by the month of the id, which
-- begins with the time: a month that nobody needs is dropped, not deleted row by row. The key leads with the id, so
-- that a new event goes to the end of the index and not to a page of its customer.
create table outbox_event (
  customer_id     uuid not null,
  id              uuid not null,
  organisation_id uuid not null,
  account_id      uuid,
  type            text not null,
  payload         bytea not null,
  recorded_at     timestamptz not null,
  primary key (id, customer_id)
) partition by range (id);
-- Holds what no month covers, so that no event is ever refused.
create table outbox_event_other partition of outbox_event default;

-- The smallest id of a moment: a UUID version 7 begins with its milliseconds since 1970.
create function first_id_at(moment timestamptz) returns uuid language sql immutable strict parallel safe
return (lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;

-- Creates the partitions of the months that are some months after a moment. The application may call it, although it
-- may not create tables. It must not create the current month while servers run: a row that is on its way to the
-- default partition would be refused.
create function add_outbox_months(moment timestamptz, first_ahead int, last_ahead int) returns void language plpgsql
security definer set search_path from current as $$
declare
  first timestamptz;
  name text;
begin
  perform pg_advisory_xact_lock(x'6f757462'::int, 0);
  for ahead in first_ahead..last_ahead loop
    first := date_trunc('month', moment at time zone 'UTC') at time zone 'UTC' + make_interval(months => ahead);
    name := 'outbox_event_' || to_char(first at time zone 'UTC', 'YYYY_MM');
    continue when to_regclass(name) is not null;
    execute format('create table %I (like outbox_event including all)', name);
    execute format('with moved as (delete from outbox_event_other where id >= %1$L and id < %2$L returning *)
                    insert into %3$I select * from moved',
                   first_id_at(first), first_id_at(first + interval '1 month'), name);
    execute format('alter table outbox_event attach partition %I for values from (%L) to (%L)',
                   name, first_id_at(first), first_id_at(first + interval '1 month'));
    if exists (select from pg_roles where rolname = 'paydown_application') then
      execute format('grant select, insert on %I to paydown_application', name);
    end if;
  end loop;
end $$;
select add_outbox_months(now(), 0, 3);

-- E-mails to people, written in the transaction of what they report. A notice is sent by a worker, not by the request
-- that wrote it.
create table notice (
  id              uuid primary key,
  organisation_id uuid not null references organisation,
  kind            notice_kind not null,
  -- An e-mail address.
  recipient       text not null,
  subject         text not null,
  -- Null once a text with a secret is no longer needed.
  text            text,
  -- True if the text contains a one-time token.
  has_secret      boolean not null,
  state           notice_state not null default 'PENDING',
  attempts        non_negative_int not null default 0,
  -- When to send it, or to try again.
  next_at         timestamptz not null,
  created_at      timestamptz not null,
  constraint notice_pending_has_text check (state <> 'PENDING' or text is not null)
);
create index notice_due on notice (next_at) where state = 'PENDING';
create index notice_age on notice (created_at);
