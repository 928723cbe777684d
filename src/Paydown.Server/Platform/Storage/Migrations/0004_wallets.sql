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
