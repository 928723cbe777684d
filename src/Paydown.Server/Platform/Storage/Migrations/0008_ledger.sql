-- Double entry. An entry has its postings in itself: one row, where a row per posting took four times the space and
-- three indexes. The view "posting" shows them as rows.

-- The chart of accounts. The numbers are those of Paydown.Lending.Accounting.LedgerAccount.
create table ledger_account (
  number smallint primary key,
  name   text not null constraint ledger_account_name unique
);
insert into ledger_account (number, name) values
  (1010, 'FUNDING_ACCOUNT'), (1020, 'COLLECTION_ACCOUNT'), (1030, 'COLLECTOR_RECEIVABLE'),
  (1110, 'LOAN_PRINCIPAL'), (1120, 'INTEREST_RECEIVABLE'),
  (1130, 'FEES_RECEIVABLE'), (1140, 'PENALTIES_RECEIVABLE'), (2010, 'OWED_TO_CUSTOMER'), (2020, 'CUSTOMER_WALLET'),
  (2030, 'PAYOUT_CLEARING'), (2040, 'UNIDENTIFIED_RECEIPTS'),
  (2050, 'INTEREST_IN_SUSPENSE'), (2060, 'LOAN_LOSS_ALLOWANCE'), (4010, 'INTEREST_INCOME'), (4020, 'FEE_INCOME'),
  (4030, 'PENALTY_INCOME'), (4040, 'RECOVERY_INCOME'), (4050, 'BANK_INTEREST'), (5010, 'WRITE_OFF_EXPENSE'),
  (5020, 'GOODWILL_EXPENSE'), (5030, 'BANK_CHARGES'), (5040, 'PROVISION_EXPENSE'),
  (5050, 'CHARGE_OFF_EXPENSE'), (5060, 'CHARGE_OFF_INTEREST'), (5070, 'CHARGE_OFF_CHARGES'),
  (5080, 'COLLECTION_COMMISSION');

create table journal_entry (
  -- The organisation itself for what concerns no customer: a bank's charge, or money that nobody has identified.
  customer_id     uuid not null,
  id              uuid not null,
  organisation_id uuid not null,
  -- The loan; null for an entry of the wallet alone.
  account_id      uuid,
  -- The event, repayment, transfer or bank's entry that it books.
  subject_id      uuid not null,
  recorded_at     timestamptz not null,
  effective_on    date not null,
  kind            journal_entry_kind not null,
  currency_code   currency not null,
  -- What the kind and the subject do not say, for people; null: nothing.
  detail          text,
  -- The postings in the order of the rule: the number of the account and the amount of each, in minor units, positive
  -- for a debit and negative for a credit.
  ledger_accounts smallint[] not null,
  amounts         bigint[] not null,
  primary key (customer_id, id)
);
-- What is booked once. The other kinds may follow each other: a disbursement may have several fees, and a replay can
-- drop a penalty of the terms or a down payment and need it again, and what a bank's entry is can be decided again.
create unique index journal_entry_once on journal_entry (customer_id, subject_id, kind)
  where kind not in ('INTEREST_ACCRUED', 'DOWN_PAYMENT_COLLECTED', 'ALLOCATION_ADJUSTED', 'CHARGE_APPLIED',
                     'CHARGE_ADJUSTED', 'EVENT_ADJUSTED',
                     'DISBURSEMENT_FEE_DEDUCTED', 'MONEY_UNIDENTIFIED', 'MONEY_IDENTIFIED', 'BANK_CHARGED',
                     'BANK_INTEREST_PAID', 'BANK_ENTRY_UNDONE', 'SUSPENSE_RELEASED', 'PROVISION_CHANGED',
                     'PAYER_RETURN_ORDERED', 'PAYER_RETURN_PAID', 'COLLECTOR_REMITTED');
-- The statement of an account. Most entries book only the four accounts of the second index, so that one finds the
-- entries of any other account among few. The entries of a day share one key, so both indexes are small.
create index journal_entry_day on journal_entry (organisation_id, effective_on);
create index journal_entry_day_of_other_accounts on journal_entry (organisation_id, effective_on)
  -- Collection account, loan principal, interest receivable and interest income.
  where not ledger_accounts <@ '{1020, 1110, 1120, 4010}'::smallint[];
-- The entries of the lender's bank accounts, which are few beside those of interest.
create index journal_entry_day_of_bank_accounts on journal_entry (organisation_id, effective_on)
  where ledger_accounts && '{1010, 1020}'::smallint[];

create view posting as
select e.customer_id, e.id as entry_id, p.line, e.organisation_id, e.account_id, e.effective_on, e.currency_code,
       a.name as ledger_account, p.amount
from journal_entry e
cross join lateral unnest(e.ledger_accounts, e.amounts) with ordinality as p (account, amount, line)
join ledger_account a on a.number = p.account;

-- The movements of each account per month, so that a trial balance does not add up the journal. Transactions that write
-- at the same time use different slots and do not wait for each other.
create table ledger_balance (
  organisation_id uuid not null,
  -- An entry that names an unknown account fails here.
  ledger_account  smallint not null references ledger_account,
  currency_code   currency not null,
  -- The first day of the month.
  month           date not null constraint ledger_balance_month check (extract(day from month) = 1),
  slot            smallint not null,
  -- Sums of the postings in minor units, both positive.
  debit           numeric not null,
  credit          numeric not null,
  primary key (organisation_id, month, ledger_account, currency_code, slot)
) with (fillfactor = 50);

-- The first slot that no other transaction uses. A transaction keeps its slot until it ends.
create function free_ledger_slot() returns smallint language plpgsql as $$
declare
  -- "ledg" in ASCII.
  space constant int := x'6c656467'::int;
begin
  for slot in 0..62 loop
    if pg_try_advisory_xact_lock(space, slot) then
      return slot;
    end if;
  end loop;
  perform pg_advisory_xact_lock(space, 63);
  return 63;
end $$;

create function entry_must_balance() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  wrong uuid;
begin
  select a.id into wrong from added a
  where cardinality(a.amounts) < 2 or cardinality(a.amounts) <> cardinality(a.ledger_accounts)
    or 0 = any (a.amounts) or (select sum(amount) from unnest(a.amounts) as p (amount)) <> 0 limit 1;
  if found then
    raise exception 'journal entry % does not balance', wrong using errcode = 'check_violation';
  end if;

  insert into ledger_balance as b (organisation_id, ledger_account, currency_code, month, slot, debit, credit)
  select organisation_id, account, currency_code, month, free_ledger_slot(), debit, credit
  from (select a.organisation_id, p.account, a.currency_code, date_trunc('month', a.effective_on)::date as month,
               coalesce(sum(p.amount) filter (where p.amount > 0), 0) as debit,
               coalesce(-sum(p.amount) filter (where p.amount < 0), 0) as credit
        from added a cross join lateral unnest(a.ledger_accounts, a.amounts) as p (account, amount)
        group by 1, 2, 3, 4) moved
  on conflict (organisation_id, month, ledger_account, currency_code, slot) do update
  set debit = b.debit + excluded.debit, credit = b.credit + excluded.credit;
  return null;
end $$;
create trigger entry_balances after insert on journal_entry
  referencing new table as added for each statement execute function entry_must_balance();

call check_references('loan_must_exist', 'journal_entry');
call make_append_only('journal_entry');
call forbid_delete('ledger_balance');

-- The results of paydown audit. Monitoring shows the last one.
create table audit_run (
  ended_at     timestamptz primary key,
  breach_count non_negative_int not null
);
