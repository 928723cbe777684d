-- Bank statements: what banks say about the accounts of an organisation, and what became of each entry.

-- The organisation's own bank accounts.
create table collection_account (
  id              uuid primary key,
  organisation_id uuid not null references organisation,
  name            text not null,
  -- An IBAN or another number: letters and digits only, in upper case.
  account_number  text not null constraint collection_account_number_form check (account_number ~ '^[A-Z0-9]+$'),
  bank_code       text,
  bank_name       text,
  currency_code   currency not null,
  ledger_account  own_ledger_account not null,
  -- How its CSV files are read, as JSON; null: as their column names say.
  csv_profile     text,
  -- Since when statements of it are refused; null: they are taken.
  closed_at       timestamptz,
  recorded_at     timestamptz not null
);
create unique index collection_account_number
  on collection_account (organisation_id, account_number, currency_code);
create index collection_account_organisation on collection_account (organisation_id, id);

-- The account of an organisation that existed before.
insert into collection_account (id, organisation_id, name, account_number, bank_code, bank_name, currency_code,
                                ledger_account, recorded_at)
select gen_random_uuid(), id, collection_account_name,
       upper(regexp_replace(collection_account_number, '[^A-Za-z0-9]', '', 'g')), collection_bank_code,
       collection_bank_name, currency_code, 'COLLECTION_ACCOUNT', recorded_at
from organisation;

-- The files as they came, each once.
create table statement_file (
  organisation_id uuid not null references organisation,
  hash            digest not null,
  name            text not null,
  content         bytea not null,
  recorded_by     uuid not null,
  recorded_at     timestamptz not null,
  primary key (organisation_id, hash)
);

-- A statement in a file: one account, one period.
create table bank_statement (
  id                    uuid primary key,
  organisation_id       uuid not null,
  file_hash             digest not null,
  -- In the file, from 1.
  position              positive_int not null,
  collection_account_id uuid not null references collection_account,
  -- For example camt.053.001.08.
  format                text not null,
  -- As the bank numbers it; may come again next year.
  statement_number      text,
  -- In minor units of the account's currency, below zero if overdrawn; null if the file does not say.
  opening_amount        bigint,
  opening_on            date,
  closing_amount        bigint,
  closing_on            date,
  balance_check         balance_check not null,
  -- What does not add up, in words.
  problem               text,
  -- HELD: its balances do not add up, so none of its entries is stored before an officer decides.
  state                 statement_state not null,
  -- In the file.
  entry_count           non_negative_int not null,
  -- Entries that this statement added; the others of the file were stored before.
  new_count             non_negative_int not null default 0,
  recorded_by           uuid not null,
  recorded_at           timestamptz not null,
  -- Who took or discarded a held one.
  decided_by            uuid,
  decided_at            timestamptz,
  constraint bank_statement_file foreign key (organisation_id, file_hash) references statement_file,
  constraint bank_statement_position unique (organisation_id, file_hash, position),
  constraint bank_statement_decided_by_somebody check ((decided_at is null) = (decided_by is null))
);
create index bank_statement_organisation on bank_statement (organisation_id, recorded_at, id);
create index bank_statement_account on bank_statement (collection_account_id, closing_on);

-- An entry as the bank wrote it. Equal entries of one file are different money, so the n-th of them in a file is the
-- n-th that was ever stored: the occurrence counts them.
create table statement_entry (
  id                    uuid primary key,
  organisation_id       uuid not null,
  statement_id          uuid not null references bank_statement,
  collection_account_id uuid not null,
  -- In the statement, from 1.
  position              positive_int not null,
  -- Where it begins in the file.
  line                  non_negative_int not null,
  status                bank_entry_status not null,
  fingerprint           bytea not null,
  occurrence            positive_int not null,
  booked_on             date not null,
  value_on              date not null,
  -- In minor units, positive for money in.
  amount                bigint not null,
  currency_code         currency not null,
  is_reversal           boolean not null,
  reference             text,
  text                  text,
  counterparty_name     text,
  counterparty_account  text,
  bank_reference        text,
  end_to_end_id         text,
  transaction_code      text,
  return_reason         text,
  details_differ        boolean not null,
  running_balance       bigint,
  -- Of a detail in a notification: the bank's reference of its booking.
  booking_reference     text
);
create unique index statement_entry_once
  on statement_entry (collection_account_id, fingerprint, occurrence, status);
create index statement_entry_statement on statement_entry (statement_id, position);
-- For what a debit takes back.
create index statement_entry_bank_reference
  on statement_entry (collection_account_id, reference_key(bank_reference)) where bank_reference is not null;
create index statement_entry_end_to_end_id
  on statement_entry (collection_account_id, end_to_end_id) where end_to_end_id is not null;

-- Few: what an import asks for each of its entries.
create index statement_entry_information on statement_entry (collection_account_id, fingerprint) where status = 'INFO';
create index statement_entry_booking_reference
  on statement_entry (collection_account_id, reference_key(booking_reference)) where booking_reference is not null;

-- What an entry is now. A cache of its decisions.
create table entry_standing (
  entry_id        uuid primary key references statement_entry,
  organisation_id uuid not null,
  state           entry_state not null,
  -- How many decisions there are.
  decisions       non_negative_int not null default 0,
  -- As in the entry, for the list of what waits.
  booked_on       date not null,
  amount          bigint not null,
  -- When the rules last looked at an open one: reports since then may be of its money.
  considered_at   timestamptz
) with (fillfactor = 80);
create index entry_standing_waiting on entry_standing (organisation_id, entry_id) where state = 'WAITING';
create index entry_standing_open on entry_standing (organisation_id, booked_on, entry_id)
  where state in ('TO_DECIDE', 'UNMATCHED');
-- What no booking has been looked for yet.
create index entry_standing_announced on entry_standing (organisation_id, entry_id)
  where state = 'ANNOUNCED' and considered_at is null;
-- For the bookings of what was announced.
create index entry_standing_announced_amount on entry_standing (organisation_id, amount) where state = 'ANNOUNCED';
-- For those that no booking follows.
create index entry_standing_announced_day on entry_standing (organisation_id, booked_on, entry_id)
  where state = 'ANNOUNCED';
-- What is on its way back to its payer.
create index entry_standing_return_ordered on entry_standing (organisation_id, booked_on, entry_id)
  where state = 'RETURN_ORDERED';

-- What the rules or a person decided about an entry, in order.
create table entry_decision (
  entry_id       uuid not null references statement_entry,
  -- From 1.
  number         positive_int not null,
  -- What the entry became by it.
  state          entry_state not null,
  -- The rule of matching; null for a person's decision.
  rule           smallint,
  -- Why, in words.
  reasons        text[] not null,
  -- Of the repayments that it pays: [["repayment", "amount in minor units"], …]; what they were before an undoing.
  links          json not null,
  -- The other entry of a pair: what takes it back or sends it back, and what is taken or sent back; else null.
  other_entry_id uuid references statement_entry,
  -- The payer's account of what is assigned, which suggests the next loan; and the account that money goes back to.
  payer_account  text,
  -- The loan that an entry names which waits; else null.
  loan_id        uuid,
  -- The transfer whose money it is; else null.
  transfer_id    uuid,
  -- The importer of the statement for a decision of the rules.
  decided_by     uuid not null,
  decided_at     timestamptz not null,
  primary key (entry_id, number)
);

create index entry_decision_payer on entry_decision (payer_account, decided_at) where state = 'ASSIGNED';
create index entry_decision_loan on entry_decision (loan_id) where loan_id is not null;
create index entry_decision_transfer on entry_decision (transfer_id) where transfer_id is not null;

-- The repayments that an entry pays now. A repayment has one bank entry, or several that pay it together.
create table entry_link (
  entry_id     uuid not null references statement_entry,
  customer_id  uuid not null,
  repayment_id uuid not null,
  amount       positive_minor_units not null,
  -- How the entry came to pay it.
  effect       link_effect not null,
  primary key (entry_id, repayment_id)
);
create unique index entry_link_once on entry_link (repayment_id)
  where effect in ('VERIFIED', 'RECORDED', 'CONFIRMED');
create index entry_link_repayment on entry_link (repayment_id);
call check_references('repayment_must_exist', 'entry_link');

-- The entries that wait as parts of a report, which they pay once they are its amount together.
create table report_part (
  entry_id     uuid primary key references statement_entry,
  customer_id  uuid not null,
  repayment_id uuid not null
);
create index report_part_repayment on report_part (repayment_id);
call check_references('repayment_must_exist', 'report_part');

-- What a bank account and its side of the ledger are made of, on a day ('infinity' for now):
--   CLOSING, OPENING: the balance of the last statement, and that before the first one
--   MISSING:          what the balances say that no entry shows: a statement is missing, or does not add up
--   BEFORE:           in the ledger from before the first statement
--   BOOKED:           in the ledger for entries of the account
--   LEDGER, BANK:     items in transit: in the ledger and not in the balance of the bank; in the balance alone
-- So CLOSING - OPENING - MISSING - BANK = BOOKED - those of LEDGER that are for an entry, which paydown audit checks.
-- An organisation without accounts of one kind has one account of the ledger for both. What no entry shows belongs to
-- the oldest bank account.
create function bank_part(of_organisation uuid, as_of date)
returns table (account_id uuid, side text, kind text, amount bigint, on_day date, item_id uuid, entry_id uuid,
               customer_id uuid, loan_id uuid, repayment_id uuid, booked_as text, statement_id uuid)
-- The lists that are joined are long; a page of a list forbids that otherwise.
language sql stable set enable_hashjoin = on set enable_mergejoin = on set join_collapse_limit = 8 set jit = off as $$
with account as materialized (
  select a.id, a.currency_code, a.recorded_at,
         case when count(*) filter (where a.ledger_account = 'FUNDING_ACCOUNT') over c > 0
                and count(*) filter (where a.ledger_account = 'COLLECTION_ACCOUNT') over c > 0
              then a.ledger_account::text else 'BOTH' end as pool
  from collection_account a
  where a.organisation_id = of_organisation
  window c as (partition by a.currency_code)
), chain as materialized (
  -- The statements with a balance, each with that of the one before it.
  select b.id, b.collection_account_id as account_id, b.opening_amount,
         coalesce(b.opening_on, b.closing_on) as opening_on,
         b.closing_amount, b.closing_on, n.amount as new_amount,
         b.balance_check = 'ADD_UP' and b.new_count = b.entry_count as is_plain,
         lag(b.closing_amount) over c as before, row_number() over c as number,
         count(*) over (partition by b.collection_account_id) as count
  from bank_statement b
  cross join lateral (
    select coalesce(sum(e.amount), 0)::bigint as amount from statement_entry e
    where e.statement_id = b.id and e.status = 'BOOK') n
  where b.organisation_id = of_organisation and b.state = 'TAKEN' and b.closing_amount is not null
    and b.closing_on <= as_of
  window c as (partition by b.collection_account_id order by b.closing_on, b.recorded_at, b.id)
), span as materialized (
  select f.account_id, f.opening_on, coalesce(f.opening_amount, f.closing_amount - f.new_amount) as opening_amount,
         l.closing_amount, l.closing_on, l.id as statement_id
  from chain f join chain l on l.account_id = f.account_id and l.number = l.count
  where f.number = 1
), money as materialized (
  -- The entries that are money. The details of a collective booking are on the day of the booking.
  select e.id, a.id as account_id, a.pool, a.currency_code, e.amount, e.status, s.booked_on, s.state, s.decisions,
         c.id is not null as is_in_chain,
         coalesce(b.booked_on <= p.closing_on, false) or c.id is not null as is_counted
  from account a
  join statement_entry e on e.collection_account_id = a.id
  join entry_standing s on s.entry_id = e.id
  left join entry_decision d on d.entry_id = e.id and d.number = 1 and d.state = 'WAITING' and e.status = 'INFO'
  join statement_entry b on b.id = coalesce(d.other_entry_id, e.id)
  left join chain c on c.id = b.statement_id
  left join span p on p.account_id = a.id
  where s.state not in ('ANNOUNCED', 'BOOKED')
), link as materialized (
  -- What the journal books of each entry; a transfer leaves and comes back.
  select m.id as subject_id, 0 as part, m.* from money m
  where m.state in ('TO_DECIDE', 'UNMATCHED', 'NOT_A_REPAYMENT', 'RETURN_ORDERED', 'RETURNED_TO_PAYER')
  union all
  select l.repayment_id, 0, m.id, m.account_id, m.pool, m.currency_code, l.amount::bigint, m.status, m.booked_on,
         m.state, m.decisions, m.is_in_chain, m.is_counted
  from money m join entry_link l on l.entry_id = m.id
  union all
  select d.transfer_id, case m.state when 'RETURNED' then 1 else 0 end, m.*
  from money m join entry_decision d on d.entry_id = m.id and d.number = m.decisions
  where m.state in ('SETTLED', 'RETURNED')
), booked as materialized (
  select j.subject_id, case j.kind when 'WITHDRAWAL_RETURNED' then 1 else 0 end as part, j.currency_code, w.pool,
         sum(p.amount)::bigint as amount, min(j.effective_on) as effective_on,
         (array_agg(j.kind order by j.effective_on, j.id))[1] as kind,
         (array_agg(j.customer_id))[1] as customer_id, (array_agg(j.account_id))[1] as loan_id
  from journal_entry j
  cross join lateral unnest(j.ledger_accounts, j.amounts) p (number, amount)
  join (values (1010, 'FUNDING_ACCOUNT'), (1020, 'COLLECTION_ACCOUNT')) n (number, name) on n.number = p.number
  join (select distinct currency_code, pool from account) w
    on w.currency_code = j.currency_code and w.pool in (n.name, 'BOTH')
  where j.organisation_id = of_organisation and j.effective_on <= as_of
    and j.ledger_accounts && '{1010, 1020}'::smallint[]
  group by 1, 2, 3, 4
  having sum(p.amount) <> 0
), linked as (
  select subject_id, part, pool, currency_code, sum(amount)::bigint as amount,
         (array_agg(account_id order by id))[1] as account_id
  from link group by 1, 2, 3, 4
), unlinked as (
  -- What left and came back unseen is nothing.
  select f.id as account_id, b.subject_id, sum(b.amount)::bigint as amount, min(b.effective_on) as effective_on,
         (array_agg(b.kind order by b.part))[1] as kind, (array_agg(b.customer_id))[1] as customer_id,
         (array_agg(b.loan_id))[1] as loan_id, coalesce(b.effective_on < f.opening_on, true) as is_before,
         exists (select from link k where k.subject_id = b.subject_id and k.part = b.part) as is_elsewhere
  from booked b
  join (select distinct on (a.currency_code, a.pool) a.id, a.currency_code, a.pool, p.opening_on
        from account a left join span p on p.account_id = a.id
        order by a.currency_code, a.pool, a.recorded_at, a.id) f
    on f.currency_code = b.currency_code and f.pool = b.pool
  where not exists (select from link k
                    where k.subject_id = b.subject_id and k.part = b.part and k.pool = b.pool
                      and k.currency_code = b.currency_code)
  group by f.id, b.subject_id, is_before, is_elsewhere
  having sum(b.amount) <> 0
)
select account_id, 'CLOSING', null, closing_amount, closing_on, null::uuid, null::uuid, null::uuid, null::uuid,
       null::uuid, null, statement_id
from span
union all
select account_id, 'OPENING', null, opening_amount, opening_on, null, null, null, null, null, null, null from span
union all
select account_id, 'MISSING', null, sum(amount)::bigint, null, null, null, null, null, null, null, null
from (select account_id,
             case when is_plain then coalesce(opening_amount - before, 0)
                  else closing_amount - coalesce(before, opening_amount, closing_amount - new_amount) - new_amount
             end as amount
      from chain
      union all
      select account_id, -amount from money where status = 'BOOK' and is_counted and not is_in_chain) m
group by account_id
union all
select account_id, 'BEFORE', null, sum(amount)::bigint, null, null, null, null, null, null, null, null
from unlinked where is_before group by account_id
union all
select account_id, 'BOOKED', null, sum(amount)::bigint, null, null, null, null, null, null, null, null
from (select k.account_id, k.amount
      from link k join booked b using (subject_id, part, pool, currency_code)
      union all
      select l.account_id, b.amount - l.amount
      from linked l join booked b using (subject_id, part, pool, currency_code)) b
group by account_id
union all
select u.account_id, 'LEDGER',
       case when u.is_elsewhere then 'OTHER_ACCOUNT'
            when u.kind in ('REPAYMENT_VERIFIED', 'MONEY_RECOVERED', 'DOWN_PAYMENT_COLLECTED') then 'REPAYMENT'
            when u.kind in ('LOAN_DISBURSED', 'WITHDRAWAL_SETTLED') then 'PAYOUT'
            else 'OTHER_BOOKING' end,
       u.amount, u.effective_on, u.subject_id, null, nullif(u.customer_id, of_organisation), u.loan_id,
       (select r.id from repayment r where r.customer_id = u.customer_id and r.id = u.subject_id), u.kind::text, null
from unlinked u where not u.is_before
union all
select k.account_id, case when b.amount is null then 'BANK' else 'LEDGER' end,
       case when b.amount is not null then 'LATER_STATEMENT'
            when exists (select from booked o where o.subject_id = k.subject_id and o.part = k.part)
              then 'OTHER_ACCOUNT'
            when k.state in ('SETTLED', 'RETURNED') then 'NOT_BOOKED'
            else 'BOOKED_LATER' end,
       k.amount, k.booked_on, case when k.state in ('SETTLED', 'RETURNED') then k.id else k.subject_id end, k.id,
       nullif(b.customer_id, of_organisation), b.loan_id, null, null, null
from link k left join booked b using (subject_id, part, pool, currency_code)
where case when b.amount is not null then not k.is_counted
           else k.is_counted and (as_of < 'infinity' or k.state in ('SETTLED', 'RETURNED')
             or exists (select from booked o where o.subject_id = k.subject_id and o.part = k.part)) end
union all
select m.account_id, 'BANK', case m.state when 'WAITING' then 'NOT_MATCHED' when 'IGNORED' then 'SET_ASIDE'
                                          else 'REVERSED' end,
       m.amount, m.booked_on, m.id, m.id, null, null, null, null, null
from money m
left join entry_decision d on d.entry_id = m.id and d.number = m.decisions and m.state = 'REVERSED'
left join money o on o.id = d.other_entry_id
where m.is_counted
  and (m.state in ('WAITING', 'IGNORED') or m.state = 'REVERSED' and not coalesce(o.is_counted, false))
$$;

call make_append_only('statement_file', 'statement_entry', 'entry_decision');
call forbid_delete('collection_account', 'bank_statement', 'entry_standing');

do $$
begin
  if exists (select from pg_roles where rolname = 'paydown_application') then
    grant select, insert on statement_file, statement_entry, entry_decision to paydown_application;
    grant select, insert, update on collection_account, bank_statement, entry_standing to paydown_application;
    grant select, insert, delete on entry_link, report_part to paydown_application;
  end if;
end $$;
