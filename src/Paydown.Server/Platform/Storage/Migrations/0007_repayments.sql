-- Repayments: what was reported, what people decided, and how each one stands.

-- A repayment as it was reported or recorded. The tables below say what became of it.
create table repayment (
  customer_id       uuid not null,
  id                uuid not null,
  organisation_id   uuid not null,
  account_id        uuid not null,
  amount            positive_minor_units not null,
  method            repayment_method not null,
  bank_account_id   uuid,
  reference         text not null,
  -- False: the reference is not the one of the loan, so an officer must match it.
  reference_matches boolean not null,
  paid_on           date not null,
  narration         text,
  is_payoff         boolean not null default false,
  recorded_by       uuid not null,
  recorded_at       timestamptz not null,
  primary key (customer_id, id)
);
-- Officers name a repayment without its customer.
create index repayment_id on repayment (id);
-- Finds repayments that may be the same transfer.
create index repayment_paid on repayment (customer_id, paid_on);
-- Most reports carry the reference of their loan, which leads to them; only the others need an index.
create index repayment_unmatched_reference on repayment (organisation_id, reference_key(reference))
  where not reference_matches;
-- For the entries of bank statements, which may have a payer's own words.
create index repayment_own_words on repayment (organisation_id, amount, paid_on) where not reference_matches;
call check_references('loan_must_exist', 'repayment');

-- Reports that await a decision: the officers' work list, short however much was ever repaid. The statements that
-- report and decide add and delete its rows; `paydown audit` compares it with the decisions.
create table pending_repayment (
  organisation_id uuid not null,
  recorded_at     timestamptz not null,
  repayment_id    uuid not null,
  customer_id     uuid not null,
  amount          positive_minor_units not null,
  primary key (organisation_id, recorded_at, repayment_id, customer_id)
);
-- Narrow, because every report pays for it: equal amounts share one key.
create index pending_repayment_amount on pending_repayment (organisation_id, amount);

create function repayment_becomes_pending() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  insert into pending_repayment (organisation_id, recorded_at, repayment_id, customer_id, amount)
  select organisation_id, recorded_at, id, customer_id, amount from added;
  return null;
end $$;
create trigger repayment_is_pending after insert on repayment
  referencing new table as added for each statement execute function repayment_becomes_pending();

-- What people decided.
create table repayment_decision (
  customer_id  uuid not null,
  repayment_id uuid not null,
  kind         decision_kind not null,
  -- Of first approvals: another one follows if an officer names other terms than the first.
  round        positive_int not null default 1,
  -- Each decision is taken once, and a repayment is verified, rejected or withdrawn: one of these.
  step         smallint not null generated always as
                 (case kind when 'FIRST_APPROVAL' then round when 'REVERSED' then -1 else 0 end) stored,
  decided_by   uuid not null,
  reason       text,
  -- The terms that were approved in place of the reported ones; null: as reported.
  amount       positive_minor_units,
  paid_on      date,
  decided_at   timestamptz not null,
  primary key (customer_id, repayment_id, step)
);

create function decision_must_have_reason() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  wrong uuid;
begin
  select repayment_id into wrong from added
  where reason is null
    and (kind in ('REJECTED', 'WITHDRAWN', 'REVERSED') or amount is not null or paid_on is not null) limit 1;
  if found then
    raise exception 'repayment % is rejected, withdrawn, reversed or corrected without a reason', wrong
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger decision_has_reason after insert on repayment_decision
  referencing new table as added for each statement execute function decision_must_have_reason();

-- How a decided repayment stands now, for the lists; a pending one has no row. A cache of the decisions and the replay.
create table repayment_standing (
  customer_id       uuid not null,
  repayment_id      uuid not null,
  organisation_id   uuid not null,
  status            repayment_status not null,
  reason            text,
  -- How often the replay has allocated it. Earlier allocations are in replaced_allocation.
  version           non_negative_int not null default 0,
  -- The loan right after the repayment; null if the repayment does not count.
  principal_balance minor_units,
  total_balance     minor_units,
  -- The part beyond everything owed.
  overpaid          minor_units,
  due_on            date,
  -- [[installment, "due date", principal, interest, fees, penalty], …] in minor units. Stored as text: lists read it
  -- far more often than any query looks into it.
  lines             json,
  -- What counts of a repayment that was corrected; null: as reported.
  amount            positive_minor_units,
  paid_on           date,
  correction_reason text,
  -- As reported, for the lists' indexes.
  reported_amount   positive_minor_units not null,
  recorded_at       timestamptz not null,
  primary key (customer_id, repayment_id)
);
alter table repayment_standing alter lines set statistics 0;
-- The officers' lists of decided repayments. Written when an officer decides, not when a customer reports.
create index repayment_standing_verified on repayment_standing (organisation_id, recorded_at, repayment_id)
  where status = 'VERIFIED';
create index repayment_standing_rejected on repayment_standing (organisation_id, recorded_at, repayment_id)
  where status <> 'VERIFIED';
create index repayment_standing_amount
  on repayment_standing (organisation_id, reported_amount, recorded_at, repayment_id);

-- A standing that is only rewritten is not added, and leaves the list alone.
create function repayment_ceases_to_be_pending() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  delete from pending_repayment p using added a
  where p.organisation_id = a.organisation_id and p.recorded_at = a.recorded_at
    and p.repayment_id = a.repayment_id and p.customer_id = a.customer_id;
  return null;
end $$;
create trigger repayment_is_decided after insert on repayment_standing
  referencing new table as added for each statement execute function repayment_ceases_to_be_pending();

-- Allocations that a replay or a reversal has replaced: version 1 is the first. The current one is in the standing, so
-- a repayment that is verified and never replayed differently has no row here.
create table replaced_allocation (
  customer_id       uuid not null,
  repayment_id      uuid not null,
  version           positive_int not null,
  principal_balance minor_units not null,
  total_balance     minor_units not null,
  overpaid          minor_units not null,
  -- As in repayment_standing.
  lines             json not null,
  replaced_at       timestamptz not null,
  primary key (customer_id, repayment_id, version)
);
alter table replaced_allocation alter lines set statistics 0;

call check_references('repayment_must_exist', 'repayment_decision', 'repayment_standing', 'replaced_allocation');
call make_append_only('repayment', 'repayment_decision', 'replaced_allocation');
call forbid_delete('repayment_standing');
