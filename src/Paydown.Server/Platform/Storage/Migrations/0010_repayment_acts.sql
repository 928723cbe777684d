-- What people do with repayments beyond verifying and rejecting: officers record money that nobody reported and correct
-- reports when they verify them; customers withdraw mistaken reports.

alter domain decision_kind drop constraint decision_kind_check;
alter domain decision_kind add constraint decision_kind_check
  check (value in ('FIRST_APPROVAL', 'VERIFIED', 'REJECTED', 'WITHDRAWN', 'REVERSED'));

alter table repayment_decision
  -- Another first approval follows if an officer names other terms than the first one; everything else comes once.
  add column round   int not null default 1 check (round > 0),
  -- The terms that were approved in place of the reported ones; null: as reported.
  add column amount  positive_minor_units,
  add column paid_on date;
alter table repayment_decision
  drop constraint repayment_decision_pkey,
  add primary key (customer_id, repayment_id, kind, round);

-- A repayment is verified, rejected or withdrawn: one of them, once.
drop index repayment_decision_once;
create unique index repayment_decision_once on repayment_decision (customer_id, repayment_id)
  where kind in ('VERIFIED', 'REJECTED', 'WITHDRAWN');

create or replace function decision_must_be_sound() returns trigger language plpgsql
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
  select repayment_id into wrong from added
  where reason is null
    and (kind in ('REJECTED', 'WITHDRAWN', 'REVERSED') or amount is not null or paid_on is not null) limit 1;
  if found then
    raise exception 'repayment % is rejected, withdrawn, reversed or corrected without a reason', wrong
      using errcode = 'check_violation';
  end if;
  return null;
end $$;

-- What counts of a repayment that was corrected; null: as reported. Like the rest of the row a cache of the decisions.
alter table repayment_standing
  add column amount            positive_minor_units,
  add column paid_on           date,
  add column correction_reason text;

-- Finds what may be the same transfer.
create index repayment_paid on repayment (customer_id, paid_on);
