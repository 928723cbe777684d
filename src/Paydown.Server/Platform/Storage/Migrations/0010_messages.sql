-- What a write leaves for others: the answer for a repeat of the request, and the events for other systems.

-- A key belongs to a caller, method and route. The answer is stored with the effect and returned to a repeat byte for
-- byte. Never partitioned by time: a key could then be used once per partition.
create table idempotency_record (
  -- Half of the SHA-256 of caller, route and key.
  id           uuid primary key,
  -- The record that the answer is about; null if it names none.
  subject_id   uuid,
  -- Whose it is; null if the subject shows it, so the records that are written most do not grow.
  organisation_id uuid,
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
  -- Why the last attempt failed, in the words of the mail server; null if none has failed.
  failure         text,
  created_at      timestamptz not null,
  constraint notice_pending_has_text check (state <> 'PENDING' or text is not null)
);
create index notice_due on notice (next_at) where state = 'PENDING';
create index notice_age on notice (created_at);
create index notice_organisation on notice (organisation_id, id);

-- Which notices an organisation sends to its customers, and in which words. Without a row it sends none of the kind.
create table notice_rule (
  organisation_id uuid not null references organisation,
  kind            notice_kind not null,
  is_on           boolean not null,
  -- Null: the program's words.
  subject         text,
  text            text,
  -- Of a reminder: the days from the due date; otherwise null.
  days            int[],
  primary key (organisation_id, kind),
  constraint notice_rule_is_worded check ((subject is null) = (text is null))
);

-- The optional notices that customers do not want.
create table declined_notice (
  customer_id uuid not null references app_user,
  kind        notice_kind not null,
  primary key (customer_id, kind)
);

-- The local times between which customers get no notices; the same: at any time.
alter table organisation
  add quiet_from  time not null default '20:00',
  add quiet_until time not null default '08:00';

-- The days on which customers are reminded of an installment: after its due date; before it: negative.
create function reminder_days(organisation_id uuid) returns int[] language sql stable parallel safe
return coalesce((select array_agg(case r.kind when 'DUE_SOON' then -d else d end)
                 from notice_rule r cross join unnest(r.days) d
                 where r.organisation_id = reminder_days.organisation_id and r.is_on), '{}');
