-- What is known of customers. Tables of customers lead with the customer: what one of them reads lies together.

-- A customer who was taken over from another system may have no profile.
create table customer_profile (
  customer_id     uuid primary key references app_user,
  organisation_id uuid not null references organisation,
  dialing_code    text not null,
  phone           text not null,
  date_of_birth   date not null,
  address1        text not null,
  address2        text,
  country_name    text not null,
  country_iso3    country not null,
  postcode        text,
  recorded_at     timestamptz not null
);

create table bank_account (
  customer_id     uuid not null,
  id              uuid not null,
  organisation_id uuid not null,
  account_number  text not null,
  account_name    text not null,
  bank_code       text not null,
  bank_name       text not null,
  account_type    bank_account_type not null,
  is_default      boolean not null,
  is_verified     boolean not null,
  recorded_at     timestamptz not null,
  primary key (customer_id, id),
  constraint bank_account_once unique (customer_id, bank_code, account_number)
);
create unique index bank_account_default on bank_account (customer_id) where is_default;
-- Officers name a bank account without its customer.
create index bank_account_id on bank_account (id);
create index bank_account_number on bank_account (organisation_id, account_number);
call check_references('customer_must_exist', 'bank_account');

-- What a customer confirms a withdrawal with, hashed like a password.
create table transaction_pin (
  customer_id uuid primary key references app_user,
  pin_hash    text not null,
  set_at      timestamptz not null
);

-- Wrong PINs, and wrong passwords while a PIN is set; deleted when a right one comes.
create table transaction_pin_failure (
  customer_id uuid not null references app_user,
  id          uuid not null,
  failed_at   timestamptz not null,
  primary key (customer_id, id)
);

-- Finds an e-mail address by the end of the part before its @. Most customers share a few domains, so the trigrams
-- below would find all of these customers. No index here is partial: PostgreSQL plans without the statistics of a
-- partial index.
create index app_user_local_part
  on app_user (organisation_id, reverse(split_part(lower(email), '@', 1)) text_pattern_ops);
alter index app_user_local_part alter column 2 set statistics 1000;

-- Finds any part of a name, e-mail address or phone number. The extension comes with PostgreSQL, and the owner of a
-- database may create it. If a provider does not allow it, a search reads all customers (docs/operating.md).
do $$
begin
  create extension if not exists pg_trgm;
  create index app_user_text on app_user
    using gin (lower(' ' || first_name || ' ' || last_name || ' ' || email) gin_trgm_ops);
  -- By these statistics the planner chooses between this index and a walk along the list. It compares the text with
  -- each of them, twice per page, so more of them would cost more than they save.
  alter index app_user_text alter column 1 set statistics 400;
  create index customer_profile_phone on customer_profile using gin ((dialing_code || phone) gin_trgm_ops);
exception when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
  raise warning 'Customers are searched without an index: %', sqlerrm;
end $$;
