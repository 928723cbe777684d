-- Money of customers that the lender holds. The balance is a cache of the postings on CUSTOMER_WALLET; `paydown audit`
-- adds them up again.

create table wallet (
  customer_id     uuid primary key references app_user,
  organisation_id uuid not null,
  currency_code   text not null check (currency_code ~ '^[A-Z]{3}$'),
  -- The last word under any race: a wallet never goes below zero.
  balance         bigint not null default 0 check (balance >= 0)
) with (fillfactor = 80);
create index wallet_organisation on wallet (organisation_id, customer_id);

-- Banks that the built-in list lacks, or that an organisation calls otherwise.
create table bank (
  organisation_id uuid not null references organisation,
  bank_code       text not null check (bank_code ~ '^([0-9]{3}|[0-9]{6})$'),
  bank_name       text not null check (bank_name <> ''),
  primary key (organisation_id, bank_code)
);

-- What a customer proves a withdrawal with, hashed as a password is.
create table transaction_pin (
  customer_id uuid primary key references app_user,
  pin_hash    text not null,
  set_at      timestamptz not null
);

-- Wrong PINs, and wrong passwords where a PIN is set; forgotten once a right one comes.
create table transaction_pin_failure (
  customer_id uuid not null,
  id          uuid not null,
  failed_at   timestamptz not null,
  primary key (customer_id, id)
);

-- Transfers that are sent to the payment partner together. The message follows from the batch and its transfers alone,
-- so it can be sent again byte for byte.
create table payment_batch (
  id              uuid primary key,
  organisation_id uuid not null references organisation,
  -- Whose money it is, as it stood when the batch was made.
  debtor_name     text not null,
  account_number  text not null,
  bank_code       text not null,
  made_at         timestamptz not null,
  -- The day on which the partner is asked to pay.
  pay_on          date not null,
  -- Null: the partner may not know of it yet.
  sent_at         timestamptz
);
create index payment_batch_unsent on payment_batch (id) where sent_at is null;

-- Money that a customer sends from the wallet to a bank account: what was asked for. Never changed; its reference is
-- made of its id.
create table wallet_transfer (
  customer_id     uuid not null,
  id              uuid not null,
  organisation_id uuid not null,
  amount          bigint not null check (amount > 0),
  -- Taken from the wallet on top of the amount.
  fee             bigint not null check (fee >= 0),
  currency_code   text not null check (currency_code ~ '^[A-Z]{3}$'),
  bank_account_id uuid not null,
  account_number  text not null,
  account_name    text not null,
  bank_code       text not null,
  bank_name       text not null,
  description     text,
  -- When the money is usually there.
  expected_at     timestamptz not null,
  recorded_at     timestamptz not null,
  primary key (customer_id, id)
);
create index wallet_transfer_organisation on wallet_transfer (organisation_id, id);

-- How a transfer ended. The primary key lets it end once, whatever the payment partner says later.
create table wallet_transfer_outcome (
  customer_id uuid not null,
  transfer_id uuid not null,
  status      text not null check (status in ('COMPLETED', 'FAILED')),
  -- Why it failed, in words for the customer.
  reason      text,
  decided_at  timestamptz not null,
  primary key (customer_id, transfer_id),
  foreign key (customer_id, transfer_id) references wallet_transfer,
  check ((status = 'FAILED') = (reason is not null))
);

-- Where a transfer stands now. A transfer is in one batch at most, and from then on the partner's.
create table wallet_transfer_standing (
  customer_id     uuid not null,
  transfer_id     uuid not null,
  organisation_id uuid not null,
  status          text not null check (status in ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED')),
  batch_id        uuid references payment_batch,
  primary key (customer_id, transfer_id),
  foreign key (customer_id, transfer_id) references wallet_transfer,
  check ((status = 'PENDING') = (batch_id is null))
) with (fillfactor = 80);
create index wallet_transfer_pending on wallet_transfer_standing (organisation_id, transfer_id)
  where status = 'PENDING';
create index wallet_transfer_processing on wallet_transfer_standing (transfer_id)
  where status = 'PROCESSING';
create index wallet_transfer_batch on wallet_transfer_standing (batch_id, transfer_id);

-- Whoever holds the row of this table has the turn to speak with the payment partner: one server at a time.
create table payment_turn (
  id smallint primary key check (id = 1)
);
insert into payment_turn values (1);

do $$
declare
  guarded text;
begin
  foreach guarded in array array['wallet_transfer', 'wallet_transfer_outcome']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I
                    for each statement execute function refuse_change()', guarded);
  end loop;
  foreach guarded in array array['wallet', 'payment_batch', 'wallet_transfer_standing']
  loop
    execute format('create trigger no_delete before delete or truncate on %I
                    for each statement execute function refuse_change()', guarded);
  end loop;
end $$;
