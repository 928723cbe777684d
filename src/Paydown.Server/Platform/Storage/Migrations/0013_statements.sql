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
