-- Collectors: third parties that collect loans for the lender, what they have collected, and what they have remitted.

create table collector (
  id                 uuid primary key,
  organisation_id    uuid not null references organisation,
  name               text not null constraint collector_name_form check (name = btrim(name) and name <> ''),
  -- What it keeps of each payment, in percent.
  commission_percent numeric not null
    constraint collector_commission check (commission_percent >= 0 and commission_percent <= 100
      and scale(commission_percent) <= 4),
  -- The account that it remits from: letters and digits only, in upper case. Null if unknown.
  account_number     text constraint collector_account_form check (account_number ~ '^[A-Z0-9]+$'),
  -- How its CSV files are read, as JSON; null: as their column names say.
  csv_profile        text,
  recorded_by        uuid not null,
  recorded_at        timestamptz not null
);
create unique index collector_name on collector (organisation_id, lower(name));
create unique index collector_account on collector (organisation_id, account_number);

-- The loans that collectors hold.
create index loan_account_collector on loan_account (organisation_id, lower(collector)) where collector is not null;

-- The files of collectors, each once.
create table collector_file (
  id                   uuid primary key,
  organisation_id      uuid not null,
  collector_id         uuid not null references collector,
  hash                 digest not null,
  name                 text not null,
  content              bytea not null,
  -- What the transfer of its money will carry, as reference_key writes it; null if unknown.
  remittance_reference text,
  line_count           positive_int not null,
  recorded_by          uuid not null,
  recorded_at          timestamptz not null,
  constraint collector_file_once unique (collector_id, hash)
);
create index collector_file_list on collector_file (collector_id, recorded_at, id);
create unique index collector_file_remittance on collector_file (organisation_id, remittance_reference)
  where remittance_reference is not null;

-- A payment as the collector reports it, each transaction of a collector once.
create table collection (
  id                uuid primary key,
  organisation_id   uuid not null,
  collector_id      uuid not null references collector,
  file_id           uuid not null references collector_file,
  line              positive_int not null,
  transaction_id    text not null,
  -- The reference or account number of the loan, as written.
  loan              text not null,
  collected_on      date not null,
  amount            positive_minor_units not null,
  -- Null: the file has none.
  stated_commission minor_units,
  currency_code     currency not null,
  constraint collection_once unique (collector_id, transaction_id)
);
create index collection_file on collection (file_id, line);
create index collection_list on collection (collector_id, id);

-- What a payment is now.
create table collection_standing (
  collection_id   uuid primary key references collection,
  organisation_id uuid not null,
  collector_id    uuid not null,
  file_id         uuid not null,
  state           collection_state not null,
  -- Why it waits, or why an officer decided so.
  wait            collection_wait,
  explanation     text,
  -- Of what is booked.
  customer_id     uuid,
  repayment_id    uuid,
  commission      minor_units,
  decided_by      uuid not null,
  decided_at      timestamptz not null,
  constraint collection_booked check ((state = 'BOOKED') = (repayment_id is not null and commission is not null))
);
create index collection_standing_collector on collection_standing (collector_id, state, collection_id);
create index collection_standing_file on collection_standing (file_id);
create unique index collection_standing_repayment on collection_standing (repayment_id)
  where repayment_id is not null;

-- The bank entries that are remittances now.
create table collector_remittance (
  entry_id        uuid primary key references statement_entry,
  organisation_id uuid not null,
  collector_id    uuid not null references collector,
  -- The file whose money it is; null: of the collector's oldest files.
  file_id         uuid references collector_file,
  amount          bigint not null,
  remitted_on     date not null
);
create index collector_remittance_collector on collector_remittance (collector_id, remitted_on, entry_id);
create index collector_remittance_file on collector_remittance (file_id) where file_id is not null;

call make_append_only('collector_file', 'collection');
call forbid_delete('collector', 'collection_standing');

do $$
begin
  if exists (select from pg_roles where rolname = 'paydown_application') then
    grant select, insert on collector_file, collection to paydown_application;
    grant select, insert, update on collector, collection_standing to paydown_application;
    grant select, insert, delete on collector_remittance to paydown_application;
  end if;
end $$;
