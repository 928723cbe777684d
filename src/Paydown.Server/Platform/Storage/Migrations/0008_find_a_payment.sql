-- Officers find a payment: by status, day, amount, reference, customer or bank account, along an index.

-- Reports that wait for a decision: the officers' work list, short however much was ever repaid. A row comes and goes
-- with the statements that report and decide; `paydown audit` compares it with the decisions.
create table pending_repayment (
  organisation_id uuid not null,
  recorded_at     timestamptz not null,
  repayment_id    uuid not null,
  customer_id     uuid not null,
  amount          amount_moved not null,
  primary key (organisation_id, recorded_at, repayment_id, customer_id)
);
-- Narrow, for every report pays for it: of equal amounts it keeps one key.
create index pending_repayment_amount on pending_repayment (organisation_id, amount);

create function repayment_becomes_pending() returns trigger language plpgsql as $$
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

-- A part of a customer's name, e-mail or phone number, anywhere in it. The extension comes with PostgreSQL and the
-- owner of a database may create it; where a provider does not allow it, a search reads all customers of the
-- organisation (docs/operating.md).
do $$
begin
  create extension if not exists pg_trgm;
  create index app_user_text on app_user
    using gin (lower(' ' || first_name || ' ' || last_name || ' ' || email) gin_trgm_ops) where role = 'CUSTOMER';
  -- The planner weighs a walk along the list against this index by how common it thinks the text is.
  alter index app_user_text alter column 1 set statistics 1000;
  create index customer_profile_phone on customer_profile using gin ((dialing_code || phone) gin_trgm_ops);
exception when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
  raise warning 'Customers are searched without an index: %', sqlerrm;
end $$;
