-- Money of customers that the lender holds, and transfers of it to bank accounts.

-- The balance is a cache of the postings on CUSTOMER_WALLET; `paydown audit` adds them up again.
create table wallet (
  customer_id     uuid primary key references app_user,
  organisation_id uuid not null references organisation,
  currency_code   currency not null,
  -- Never below zero: its domain has the last word under any race.
  balance         minor_units not null default 0,
  entry_count     non_negative_int not null default 0
) with (fillfactor = 80);
create index wallet_organisation on wallet (organisation_id, customer_id);

-- The movements of a wallet with the balance after each, so that a page of its history does not add up all of it.
-- Written by the statement that changes the balance.
create table wallet_entry (
  customer_id uuid not null references wallet,
  -- Counts from 1 in the order in which the balance changed.
  sequence    positive_int not null,
  -- The journal entry.
  entry_id    uuid not null,
  -- In minor units: positive if money came in, negative if it left.
  change      bigint not null,
  balance     minor_units not null,
  primary key (customer_id, sequence),
  constraint wallet_entry_journal foreign key (customer_id, entry_id) references journal_entry
);

-- Transfers that are sent to the payment partner together. The message depends only on the batch and its transfers, so
-- it can be sent again byte for byte.
create table payment_batch (
  id              uuid primary key,
  organisation_id uuid not null references organisation,
  -- The account that pays, as it was when the batch was made.
  debtor_name     text not null,
  account_number  text not null,
  bank_code       text not null,
  made_at         timestamptz not null,
  -- The day on which the partner is asked to pay.
  pay_on          date not null,
  -- Null: the partner may not have received it yet.
  sent_at         timestamptz
);
create index payment_batch_unsent on payment_batch (id) where sent_at is null;

-- A transfer from a wallet to a bank account, as it was requested. Its reference is derived from its id.
create table wallet_transfer (
  customer_id     uuid not null references app_user,
  id              uuid not null,
  organisation_id uuid not null,
  amount          positive_minor_units not null,
  -- Taken from the wallet on top of the amount.
  fee             minor_units not null,
  currency_code   currency not null,
  bank_account_id uuid not null,
  account_number  text not null,
  account_name    text not null,
  bank_code       text not null,
  bank_name       text not null,
  description     text,
  -- When the money usually arrives.
  expected_at     timestamptz not null,
  recorded_at     timestamptz not null,
  primary key (customer_id, id)
);
create index wallet_transfer_organisation on wallet_transfer (organisation_id, id);

-- How a transfer ended. The primary key lets it end once, whatever the payment partner reports later.
create table wallet_transfer_outcome (
  customer_id uuid not null,
  transfer_id uuid not null,
  status      transfer_outcome not null,
  -- Why it failed, in words for the customer.
  reason      text,
  decided_at  timestamptz not null,
  primary key (customer_id, transfer_id),
  constraint wallet_transfer_outcome_transfer foreign key (customer_id, transfer_id) references wallet_transfer,
  constraint wallet_transfer_failed_for_a_reason check ((status = 'FAILED') = (reason is not null))
);

-- The money of a completed transfer came back, as a bank statement shows. The primary key lets it come back once.
create table wallet_transfer_return (
  customer_id uuid not null,
  transfer_id uuid not null,
  -- Why, in words for the customer.
  reason      text not null,
  returned_at timestamptz not null,
  primary key (customer_id, transfer_id),
  constraint wallet_transfer_return_outcome foreign key (customer_id, transfer_id)
    references wallet_transfer_outcome (customer_id, transfer_id)
);

-- The current status of a transfer. A transfer is in at most one batch; from then on, the partner has it.
create table wallet_transfer_standing (
  customer_id     uuid not null,
  transfer_id     uuid not null,
  organisation_id uuid not null,
  status          transfer_status not null,
  batch_id        uuid references payment_batch,
  primary key (customer_id, transfer_id),
  constraint wallet_transfer_standing_transfer foreign key (customer_id, transfer_id) references wallet_transfer,
  constraint wallet_transfer_pending_without_batch check ((status = 'PENDING') = (batch_id is null))
) with (fillfactor = 80);
create index wallet_transfer_pending on wallet_transfer_standing (organisation_id, transfer_id)
  where status = 'PENDING';
create index wallet_transfer_processing on wallet_transfer_standing (transfer_id)
  where status = 'PROCESSING';
create index wallet_transfer_batch on wallet_transfer_standing (batch_id, transfer_id);

-- The server that locks this row talks to the payment partner: one at a time.
create table payment_turn (
  id smallint primary key constraint payment_turn_single check (id = 1)
);
insert into payment_turn values (1);

call make_append_only('wallet_entry', 'wallet_transfer', 'wallet_transfer_outcome', 'wallet_transfer_return');
call forbid_delete('wallet', 'payment_batch', 'wallet_transfer_standing');
