-- Loans: what was agreed, what happened, and where they stand.

-- One loan. Its balances are a cache of the replay of loan_event: rewritten with every event, recomputed by
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
  -- The sum of reported repayments that are not decided yet.
  pending_total        minor_units not null default 0,
  -- The day for which the balances hold; null: they hold on any day (no recalculated interest).
  balance_on           date,
  -- Due date of the earliest installment with an outstanding amount.
  next_due_on          date,
  installment_count    non_negative_int not null,
  event_count          non_negative_int not null default 0,
  recorded_at          timestamptz not null,
  primary key (customer_id, id)
) with (fillfactor = 70);
create index loan_account_organisation on loan_account (organisation_id, id);
-- One loan per application, whatever is retried.
create unique index loan_account_application on loan_account (customer_id, loan_application_id);
create index loan_account_organisation_application on loan_account (organisation_id, loan_application_id);
create index loan_account_reference on loan_account (organisation_id, reference);
-- An application is shown as PAID_OFF by the state of its loan. The state changes about twice in a loan's life, so
-- reports and verifications do not touch these indexes.
create index loan_account_running on loan_account (organisation_id, loan_application_id)
  where state not in ('CLOSED', 'OVERPAID');
create index loan_account_paid_off on loan_account (organisation_id, loan_application_id)
  where state in ('CLOSED', 'OVERPAID');
call check_references('customer_must_exist', 'loan_account');

-- A reference names one loan of an organisation. A table of its own, because a unique index of loan_account would go
-- across customers, which a PostgreSQL that is sharded by customer cannot have.
create table loan_reference (
  organisation_id uuid not null,
  reference       text not null,
  customer_id     uuid not null,
  account_id      uuid not null,
  primary key (organisation_id, reference)
);
call make_append_only('loan_reference');

-- What was agreed. A separate table: every report and every decision rewrites the row of the account, which would copy
-- these 1.5 kB each time, into its page and into the write-ahead log.
create table loan_terms (
  customer_id uuid not null,
  account_id  uuid not null,
  -- Stored as text: each decision reads all of it, and no query looks into it.
  terms       json not null,
  primary key (customer_id, account_id)
);
-- No query filters by it, and sorting documents takes ANALYZE longer than the rest of the table.
alter table loan_terms alter terms set statistics 0;

-- What happened to a loan, in the order of recording. Besides the terms, the only input of the replay.
create table loan_event (
  customer_id  uuid not null,
  account_id   uuid not null,
  sequence     positive_int not null,
  -- The id of a repayment is the id of its event.
  id           uuid not null,
  kind         loan_event_kind not null,
  value_on     date not null,
  amount       minor_units not null default 0,
  -- What was kept of a disbursement; null if nothing was.
  down_payment minor_units,
  target_id    uuid,
  charge_kind  charge_kind,
  due_on       date,
  rule_for     payment_source,
  rule         future_rule,
  -- What an officer agreed in an act on a running loan; null for other events.
  act          json,
  recorded_by  uuid,
  recorded_at  timestamptz not null,
  -- An event is recorded once. The lock on the loan keeps the sequence without gaps, and `paydown audit` checks it.
  primary key (customer_id, account_id, id)
);

-- Why an officer charged, waived, refunded, wrote off or undid. A separate table, since most events have no reason.
create table loan_event_reason (
  customer_id uuid not null,
  account_id  uuid not null,
  event_id    uuid not null,
  reason      reason not null,
  primary key (customer_id, account_id, event_id),
  constraint loan_event_reason_event foreign key (customer_id, account_id, event_id) references loan_event
);

call check_references('loan_must_exist', 'loan_terms', 'loan_event');
alter table loan_event alter act set statistics 0;
call make_append_only('loan_terms', 'loan_event', 'loan_event_reason');
call forbid_delete('loan_account');
