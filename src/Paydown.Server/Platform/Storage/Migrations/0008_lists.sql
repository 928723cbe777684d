-- Every page of a list is read along an index, in the order of the list: what a page costs does not depend on how much
-- an organisation has.

-- The audit trail, newest first, by each of its filters.
drop index audit_entry_subject;
drop index audit_entry_actor;
create index audit_entry_time on audit_entry (organisation_id, recorded_at, id);
create index audit_entry_subject on audit_entry (organisation_id, subject_id, recorded_at, id);
create index audit_entry_actor on audit_entry (organisation_id, actor_id, recorded_at, id);
create index audit_entry_action on audit_entry (organisation_id, action, recorded_at, id);

-- Products are listed by the name that they have now.
alter table loan_product add column name text;
update loan_product p set name = v.definition->>'name'
from loan_product_version v
where v.organisation_id = p.organisation_id and v.product_id = p.id and v.version = p.version;
alter table loan_product alter column name set not null;
create index loan_product_name on loan_product (organisation_id, name, id);

-- An application is shown as EXPIRED by its offer, and as PAID_OFF by its loan. The state of a loan changes twice in
-- its life, so that reports and verifications do not touch these indexes.
create index loan_offer_expiry on loan_offer (expires_at);
create index loan_account_running on loan_account (organisation_id, loan_application_id)
  where state not in ('CLOSED', 'OVERPAID');
create index loan_account_paid_off on loan_account (organisation_id, loan_application_id)
  where state in ('CLOSED', 'OVERPAID');

-- What came to a wallet and left it, with the balance after each: the history of a wallet without adding up all of it.
-- Written by the statement that changes the balance; `paydown audit` adds up the postings again.
alter table wallet add column entry_count int not null default 0 check (entry_count >= 0);
create table wallet_entry (
  customer_id uuid not null references wallet,
  -- Counts from 1 in the order in which the balance changed.
  sequence    int not null check (sequence > 0),
  -- The journal entry.
  entry_id    uuid not null,
  -- Positive where money came, negative where it left.
  change      bigint not null,
  balance     bigint not null,
  primary key (customer_id, sequence)
);
insert into wallet_entry (customer_id, sequence, entry_id, change, balance)
select customer_id, row_number() over earlier, id, change, sum(change) over earlier
from (select e.customer_id, e.id, -sum(p.amount)::bigint as change
      from journal_entry e
      join posting p on p.customer_id = e.customer_id and p.entry_id = e.id and p.ledger_account = 'CUSTOMER_WALLET'
      group by e.customer_id, e.id) moved
window earlier as (partition by customer_id order by id);
update wallet w set entry_count = (select count(*) from wallet_entry e where e.customer_id = w.customer_id);
create trigger append_only before update or delete or truncate on wallet_entry
  for each statement execute function refuse_change();

-- Officers find a payment: by status, day, amount, reference, customer or bank account, along an index.

-- Reports that wait for a decision: the officers' work list, short however much was ever repaid. A row comes and goes
-- with the statements that report and decide; `paydown audit` compares it with the decisions.
create table pending_repayment (
  organisation_id uuid not null,
  recorded_at     timestamptz not null,
  repayment_id    uuid not null,
  customer_id     uuid not null,
  amount          positive_minor_units not null,
  primary key (organisation_id, recorded_at, repayment_id, customer_id)
);
-- Narrow, for every report pays for it: of equal amounts it keeps one key.
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

-- What was decided is as much as was ever repaid. Its lists are read along indexes of the standing, which is written
-- when an officer decides and not when a customer reports.
alter table repayment_standing
  add column organisation_id uuid,
  add column recorded_at     timestamptz,
  add column reported_amount bigint;
update repayment_standing s
set organisation_id = r.organisation_id, recorded_at = r.recorded_at, reported_amount = r.amount
from repayment r where r.customer_id = s.customer_id and r.id = s.repayment_id;
alter table repayment_standing
  alter column organisation_id set not null,
  alter column recorded_at set not null,
  alter column reported_amount set not null;
create index repayment_standing_verified on repayment_standing (organisation_id, recorded_at, repayment_id)
  where status = 'VERIFIED';
create index repayment_standing_rejected on repayment_standing (organisation_id, recorded_at, repayment_id)
  where status <> 'VERIFIED';
create index repayment_standing_amount
  on repayment_standing (organisation_id, reported_amount, recorded_at, repayment_id);

insert into pending_repayment (organisation_id, recorded_at, repayment_id, customer_id, amount)
select organisation_id, recorded_at, id, customer_id, amount from repayment r
where not exists (select from repayment_standing s where s.customer_id = r.customer_id and s.repayment_id = r.id);

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

-- A reference as it is compared: without spaces, hyphens and other signs, in upper case.
create function reference_key(reference text) returns text language sql immutable strict parallel safe
return upper(regexp_replace(reference collate "C",
  '[[:space:][:punct:]\u00A0\u00AD\u2000-\u2015\u202F\u2060\u2212\u3000\uFEFF]', '', 'g') collate "C");
-- Most reports carry the reference of their loan, which leads to them; only the others need an index.
create index repayment_unmatched_reference on repayment (organisation_id, reference_key(reference))
  where not reference_matches;
create index bank_account_number on bank_account (organisation_id, account_number);

-- An e-mail by the end of the part before its @. Most customers share the few domains, so the trigrams below would read
-- all of these customers. Neither index is partial: the planner takes no statistics from a partial index.
create index app_user_local_part
  on app_user (organisation_id, reverse(split_part(lower(email), '@', 1)) text_pattern_ops);
alter index app_user_local_part alter column 2 set statistics 1000;

-- A part of a customer's name, e-mail or phone number, anywhere in it. The extension comes with PostgreSQL and the
-- owner of a database may create it; where a provider does not allow it, a search reads all customers of the
-- organisation (docs/operating.md).
do $$
begin
  create extension if not exists pg_trgm;
  create index app_user_text on app_user
    using gin (lower(' ' || first_name || ' ' || last_name || ' ' || email) gin_trgm_ops);
  -- The planner weighs a walk along the list against this index by how common it thinks the text is.
  alter index app_user_text alter column 1 set statistics 1000;
  create index customer_profile_phone on customer_profile using gin ((dialing_code || phone) gin_trgm_ops);
exception when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
  raise warning 'Customers are searched without an index: %', sqlerrm;
end $$;
