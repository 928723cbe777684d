-- What a write leaves for others: the answer for a repeat of the request, and the events for other systems.

-- A key belongs to a caller, method and route. The answer is stored with the effect and returned to a repeat byte for
-- byte. Never partitioned by time: a key could then be used once per partition.
create table idempotency_record (
  -- Half of the SHA-256 of caller, route and key.
  id           uuid primary key,
  -- The record that the answer is about; null if it names none.
  subject_id   uuid,
  recorded_at  timestamptz not null,
  status       smallint not null,
  request_hash digest not null,
  -- Compressed by the program.
  body         bytea not null
);
alter table idempotency_record alter body set storage external, alter body set statistics 0;
create index idempotency_record_age on idempotency_record using brin (recorded_at);

-- Events for other systems, written in the transaction of what they report and kept for 30 days. One table, whose old
-- rows are deleted: a month's partition would be dropped in one step, but its key would have to contain the time.
create table outbox_event (
  -- Drawn while the loan is locked, so the events of a loan are in its order whatever the clocks say. Between loans it
  -- says nothing: a greater number may be committed earlier.
  seq             bigint not null generated always as identity,
  recorded_at     timestamptz not null,
  organisation_id uuid not null,
  customer_id     uuid not null,
  -- Null for an event that concerns no loan.
  account_id      uuid,
  -- The repayment, loan, application or transfer.
  subject_id      uuid not null,
  type            event_type not null,
  -- True until the event was handed to those who await it. Nobody awaits most events.
  is_awaited      boolean not null,
  -- What the payload needs beyond the books. For a decided repayment: what is outstanding on the loan, in minor units;
  -- for a recorded one: nothing; for all others: the payload.
  details         json,
  -- Leads with the organisation, which reads its events in order.
  primary key (organisation_id, seq)
);
alter table outbox_event alter details set statistics 0;
create index outbox_event_awaited on outbox_event (seq) where is_awaited;
create index outbox_event_age on outbox_event using brin (recorded_at);
