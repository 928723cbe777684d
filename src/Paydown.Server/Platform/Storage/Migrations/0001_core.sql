-- The repayment core. Money is bigint minor units beside a currency code. Tables on a hot path lead with the customer,
-- so that the same statements run on a PostgreSQL sharded by customer. What is append-only is guarded by triggers at
-- the end, for every role.

-- Domains say what a column can hold, rather than checks of the table. PostgreSQL reads and prepares all checks of a
-- table again for every statement that writes a row of it, which took as long as writing the row. A domain is checked
-- when a value is assigned, and prepared once per session.
create domain minor_units as bigint check (value >= 0);
create domain positive_minor_units as bigint check (value > 0);
create domain nonzero_minor_units as bigint check (value <> 0);
create domain currency as text check (value ~ '^[A-Z]{3}$');
create domain creditor_reference as text check (value ~ '^RF[0-9]{2}[A-Z0-9]{1,21}$');
create domain non_negative_int as int check (value >= 0);
create domain positive_int as int check (value > 0);
create domain repayment_method as text
  check (value in ('BANK_TRANSFER', 'DIRECT_DEBIT', 'WALLET', 'CARD', 'CASH'));
create domain loan_state as text
  check (value in ('PENDING_DISBURSEMENT', 'ACTIVE', 'OVERPAID', 'CLOSED', 'WRITTEN_OFF'));
create domain repayment_status as text check (value in ('VERIFIED', 'REJECTED', 'REVERSED'));
create domain decision_kind as text
  check (value in ('FIRST_APPROVAL', 'VERIFIED', 'REJECTED', 'REVERSED'));
create domain charge_kind as text check (value in ('FEE', 'PENALTY'));

create table organisation (
  id                        uuid primary key,
  name                      text not null,
  currency_code             text not null check (currency_code ~ '^[A-Z]{3}$'),
  time_zone                 text not null default 'UTC',
  -- Repayments above this many minor units need two officers; null: one always suffices.
  four_eyes_above           bigint check (four_eyes_above >= 0),
  collection_account_number text not null,
  collection_account_name   text not null,
  collection_bank_code      text not null,
  collection_bank_name      text not null,
  contact_email             text not null,
  contact_phone             text not null,
  contact_hours             text not null,
  recorded_at               timestamptz not null
);

create table app_user (
  id              uuid primary key,
  organisation_id uuid not null references organisation,
  role            text not null check (role in ('CUSTOMER', 'AGENT', 'CASHIER', 'MANAGER')),
  first_name      text not null,
  last_name       text not null,
  email           text not null,
  password_hash   text not null,
  recorded_at     timestamptz not null
);
create unique index app_user_email on app_user (lower(email));
create index app_user_organisation on app_user (organisation_id, id);

create table bank_account (
  customer_id     uuid not null,
  id              uuid not null,
  organisation_id uuid not null,
  account_number  text not null,
  account_name    text not null,
  bank_code       text not null,
  bank_name       text not null,
  account_type    text not null check (account_type in ('SAVINGS', 'CURRENT', 'CHECKING')),
  is_default      boolean not null,
  is_verified     boolean not null,
  recorded_at     timestamptz not null,
  primary key (customer_id, id),
  unique (customer_id, bank_code, account_number)
);
create unique index bank_account_default on bank_account (customer_id) where is_default;

-- One loan. The balances are a cache of the fold over loan_event, rewritten with every event and recomputed by
-- `paydown audit`.
create table loan_account (
  customer_id          uuid not null,
  id                   uuid not null,
  organisation_id      uuid not null,
  -- Null for a loan that was taken over without an application.
  loan_application_id  uuid,
  product_name         text not null,
  account_product_name text not null,
  repayment_method     repayment_method not null,
  reference            creditor_reference not null,
  currency_code        currency not null,
  -- Who collects instead of the lender; null: the lender.
  collector            text,
  applied_on           date,
  disbursed_on         date,
  state                loan_state not null,
  principal_balance    minor_units not null,
  interest_balance     minor_units not null,
  fees_balance         minor_units not null,
  penalty_balance      minor_units not null,
  -- What closes the loan: all balances, with recalculated interest only until balance_on.
  payoff_balance       minor_units not null,
  overpaid             minor_units not null,
  -- Reported and not decided yet.
  pending_total        minor_units not null default 0,
  -- The day for which the balances hold; null: they hold on any day (no recalculated interest).
  balance_on           date,
  -- Due date of the earliest installment with something outstanding.
  next_due_on          date,
  installment_count    non_negative_int not null,
  event_count          non_negative_int not null default 0,
  recorded_at          timestamptz not null,
  primary key (customer_id, id)
) with (fillfactor = 70);
create index loan_account_organisation on loan_account (organisation_id, id);
create index loan_account_application on loan_account (customer_id, loan_application_id);
create index loan_account_organisation_application on loan_account (organisation_id, loan_application_id);
create unique index loan_account_reference on loan_account (organisation_id, reference);

-- What was agreed. A table of its own: every report and every decision rewrites the account's row, which would carry
-- these 1.5 kB along each time, into its page and into the write-ahead log.
create table loan_terms (
  customer_id uuid not null,
  account_id  uuid not null,
  -- Kept as text: each decision reads all of it, and nobody looks into it here.
  terms       json not null,
  primary key (customer_id, account_id)
);
-- Nobody searches by it, and to sort documents takes ANALYZE longer than all the rest of the table.
alter table loan_terms alter terms set statistics 0;

-- What happened to a loan, in order of recording. The fold's only input besides the terms.
create table loan_event (
  customer_id  uuid not null,
  account_id   uuid not null,
  sequence     positive_int not null,
  id           uuid not null,
  kind         text not null,
  value_on     date not null,
  amount       minor_units not null default 0,
  target_id    uuid,
  charge_kind  charge_kind,
  due_on       date,
  rule_for     text,
  rule         text,
  recorded_by  uuid,
  recorded_at  timestamptz not null,
  primary key (customer_id, account_id, sequence)
);

-- In place of a foreign key, which looks for each row by itself and locks what it finds: the row of the account is
-- locked already, and is never deleted. Like the other functions that look so, it reaches rows by key whatever the
-- statistics say: a plan made while the tables were small would read them as a whole, and be kept while they grow.
create function loan_event_must_have_its_loan() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  wrong uuid;
begin
  select a.id into wrong from added a
  where not exists (select from loan_account l where l.customer_id = a.customer_id and l.id = a.account_id) limit 1;
  if found then
    raise exception 'event % is of a loan that is not there', wrong using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
create trigger loan_event_has_its_loan after insert on loan_event
  referencing new table as added for each statement execute function loan_event_must_have_its_loan();

-- A repayment as it was reported. Never changed: what became of it stands in the tables below.
create table repayment (
  customer_id       uuid not null,
  id                uuid not null,
  organisation_id   uuid not null,
  account_id        uuid not null,
  amount            positive_minor_units not null,
  method            repayment_method not null,
  bank_account_id   uuid,
  reference         text not null,
  -- False: the reference is not the loan's own, so that a person must match it.
  reference_matches boolean not null,
  paid_on           date not null,
  narration         text,
  is_payoff         boolean not null default false,
  recorded_by       uuid not null,
  recorded_at       timestamptz not null,
  primary key (customer_id, id)
);
create index repayment_organisation on repayment (organisation_id, id);

-- What people decided. The primary key lets each decision be taken once.
create table repayment_decision (
  customer_id  uuid not null,
  repayment_id uuid not null,
  kind         decision_kind not null,
  decided_by   uuid not null,
  reason       text,
  decided_at   timestamptz not null,
  primary key (customer_id, repayment_id, kind)
);
-- A repayment is verified or rejected, never both.
create unique index repayment_decision_once on repayment_decision (customer_id, repayment_id)
  where kind in ('VERIFIED', 'REJECTED');

create function decision_must_be_sound() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  wrong uuid;
begin
  select a.repayment_id into wrong from added a
  where not exists (select from repayment r where r.customer_id = a.customer_id and r.id = a.repayment_id) limit 1;
  if found then
    raise exception 'a decision names repayment %, which is not there', wrong
      using errcode = 'foreign_key_violation';
  end if;
  select repayment_id into wrong from added where reason is null and kind in ('REJECTED', 'REVERSED') limit 1;
  if found then
    raise exception 'repayment % is rejected or reversed without a reason', wrong using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger decision_is_sound after insert on repayment_decision
  referencing new table as added for each statement execute function decision_must_be_sound();

-- The allocation of a verified repayment, with one row per version that a replay made. Version 1 is the first; the
-- highest counts.
create table repayment_allocation (
  customer_id       uuid not null,
  repayment_id      uuid not null,
  version           positive_int not null,
  principal         bigint not null,
  interest          bigint not null,
  fees              bigint not null,
  penalty           bigint not null,
  overpaid          bigint not null,
  principal_balance bigint not null,
  total_balance     bigint not null,
  due_on            date,
  -- [{"installmentNumber":1,"dueOn":"2026-01-31","principal":1,"interest":1,"fees":0,"penalty":0}], minor units.
  lines             jsonb not null,
  recorded_at       timestamptz not null,
  primary key (customer_id, repayment_id, version)
);
alter table repayment_allocation alter lines set statistics 0;

-- How a decided repayment stands now: a cache of the tables above for the lists. A pending one has no row.
create table repayment_standing (
  customer_id       uuid not null,
  repayment_id      uuid not null,
  status            repayment_status not null,
  reason            text,
  version           int not null default 0,
  principal_balance bigint,
  total_balance     bigint,
  due_on            date,
  -- Kept as text: lists read it far more often than anybody looks into it.
  lines             json,
  primary key (customer_id, repayment_id)
) with (fillfactor = 80);

-- Double entry. A posting's amount is positive for a debit, negative for a credit, in minor units of the entry's
-- currency.
create table journal_entry (
  customer_id     uuid not null,
  id              uuid not null,
  organisation_id uuid not null,
  account_id      uuid,
  kind            text not null,
  -- The event, repayment or transfer that it books.
  subject_id      uuid not null,
  narration       text not null,
  currency_code   currency not null,
  effective_on    date not null,
  recorded_at     timestamptz not null,
  primary key (customer_id, id)
);
create index journal_entry_account on journal_entry (customer_id, account_id, id);

create table posting (
  customer_id     uuid not null,
  entry_id        uuid not null,
  line            smallint not null,
  organisation_id uuid not null,
  ledger_account  text not null,
  amount          nonzero_minor_units not null,
  primary key (customer_id, entry_id, line)
);

-- The postings of an entry come in one statement, number from 1 and add up to zero; a later one can not be added. Their
-- entry must be there: entries are never deleted, so to look once, for the whole statement, is as good as a foreign
-- key, which would look for each row by itself.
create function posting_must_balance() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  wrong uuid;
begin
  select entry_id into wrong from added
  group by customer_id, entry_id having sum(amount) <> 0 or min(line) <> 1 limit 1;
  if found then
    raise exception 'journal entry % does not balance', wrong using errcode = 'check_violation';
  end if;
  select entry_id into wrong from (select distinct customer_id, entry_id from added) a
  where not exists (select from journal_entry e where e.customer_id = a.customer_id and e.id = a.entry_id) limit 1;
  if found then
    raise exception 'a posting names journal entry %, which is not there', wrong
      using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
create trigger posting_balances after insert on posting
  referencing new table as added for each statement execute function posting_must_balance();

-- Scope of a key: caller, method and route. The answer is stored with its effect and returned to a repeat byte for
-- byte.
create table idempotency_record (
  caller_id    uuid not null,
  route        text not null,
  key          text not null,
  request_hash bytea not null,
  status       smallint not null,
  body         bytea not null,
  recorded_at  timestamptz not null,
  primary key (caller_id, route, key)
);
create index idempotency_record_age on idempotency_record using brin (recorded_at);

-- Events for the outside, written with what they tell of. Ids grow with time; order holds per loan. They are read in
-- the order of their ids, so the key leads with these: a new one goes to its end, not to a page of its customer.
create table outbox_event (
  customer_id     uuid not null,
  id              uuid not null,
  organisation_id uuid not null,
  account_id      uuid,
  type            text not null,
  payload         bytea not null,
  recorded_at     timestamptz not null,
  primary key (id, customer_id)
);

-- Who did what, beyond what the business records tell by themselves.
create table audit_entry (
  organisation_id uuid not null,
  id              uuid not null,
  actor_id        uuid not null,
  action          text not null,
  subject_id      uuid not null,
  detail          jsonb not null,
  interaction_id  text not null,
  recorded_at     timestamptz not null,
  primary key (organisation_id, id)
);

-- The trigger's name states the rule: append_only allows inserts only; no_delete allows updates too.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on % refused by rule %', tg_op, tg_table_name, tg_name
    using errcode = 'insufficient_privilege';
end $$;

do $$
declare
  guarded text;
begin
  foreach guarded in array array['loan_terms', 'loan_event', 'repayment', 'repayment_decision', 'repayment_allocation',
                                 'journal_entry', 'posting',
                                 'audit_entry']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I
                    for each statement execute function refuse_change()', guarded);
  end loop;
  foreach guarded in array array['loan_account', 'repayment_standing']
  loop
    execute format('create trigger no_delete before delete or truncate on %I
                    for each statement execute function refuse_change()', guarded);
  end loop;
end $$;
