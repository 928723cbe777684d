-- Webhooks: the endpoints of lenders, and the deliveries of events to them.

create domain webhook_state as text
  constraint known check (value in ('NEW', 'ACTIVE', 'PAUSED', 'DISABLED'));
create domain webhook_delivery_state as text
  constraint known check (value in ('PENDING', 'DELIVERED', 'DEAD'));

-- Where a lender receives events.
create table webhook_endpoint (
  id              uuid primary key,
  organisation_id uuid not null references organisation,
  url             text not null,
  description     text,
  -- Empty: all types.
  types           event_type[] not null,
  state           webhook_state not null default 'NEW',
  secret          bytea not null,
  -- Signs as well until this instant, so that a receiver can change its copy in between.
  previous_secret bytea,
  previous_until  timestamptz,
  -- Failed attempts since the last success.
  failures        non_negative_int not null default 0,
  failing_since   timestamptz,
  -- After several failures in a row: the next attempt, one at a time.
  probe_at        timestamptz,
  created_by      uuid not null,
  created_at      timestamptz not null
);
create index webhook_endpoint_organisation on webhook_endpoint (organisation_id, id);

-- An event that an endpoint is to receive. Those of a loan are delivered in order; those without a loan, per customer.
create table webhook_delivery (
  -- The order of the log.
  number       bigint generated always as identity primary key,
  id           uuid not null default gen_random_uuid() unique,
  endpoint_id  uuid not null references webhook_endpoint on delete cascade,
  -- The event in the outbox and its subject; a test has none and is its own subject.
  seq          bigint,
  subject_id   uuid not null,
  type         event_type,
  ordering_key uuid not null,
  state        webhook_delivery_state not null default 'PENDING',
  attempts     non_negative_int not null default 0,
  -- A replay is tried once, in no order, and says nothing about the health of the endpoint.
  is_replay    boolean not null default false,
  due_at       timestamptz not null,
  -- A worker is sending it until then. After that instant it is anybody's.
  lease_until  timestamptz,
  created_at   timestamptz not null,
  ended_at     timestamptz,
  unique (endpoint_id, seq)
) with (fillfactor = 80);
create index webhook_delivery_due on webhook_delivery (endpoint_id, due_at) where state = 'PENDING';
create index webhook_delivery_order on webhook_delivery (endpoint_id, ordering_key, seq)
  where state = 'PENDING' and not is_replay;
create index webhook_delivery_log on webhook_delivery (endpoint_id, number);
create index webhook_delivery_dead on webhook_delivery (endpoint_id, number) where state = 'DEAD';
create index webhook_delivery_age on webhook_delivery using brin (created_at);

-- One attempt to deliver.
create table webhook_attempt (
  delivery_number bigint not null references webhook_delivery on delete cascade,
  attempt         positive_int not null,
  at              timestamptz not null,
  took_ms         non_negative_int not null,
  -- Null if no response arrived.
  status          smallint,
  error           text,
  -- The beginning of the response.
  response        text,
  primary key (delivery_number, attempt)
);

do $$
begin
  if exists (select from pg_roles where rolname = 'paydown_application') then
    grant select, insert, update, delete on webhook_endpoint, webhook_delivery to paydown_application;
    grant select, insert, delete on webhook_attempt to paydown_application;
  end if;
end $$;
