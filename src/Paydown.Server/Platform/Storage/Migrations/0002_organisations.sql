-- Lenders, their people and what they decided about themselves.

create table organisation (
  id                        uuid primary key,
  name                      text not null,
  -- As the law knows it, if that is another name.
  legal_name                text,
  country_iso3              country not null,
  currency_code             currency not null,
  time_zone                 text not null default 'UTC',
  -- In minor units. Repayments above it need two officers; null: one always suffices.
  four_eyes_above           minor_units,
  collection_account_number text not null,
  collection_account_name   text not null,
  collection_bank_code      text not null,
  collection_bank_name      text not null,
  contact_email             text not null,
  contact_phone             text not null,
  contact_hours             text not null,
  -- In minor units.
  withdrawal_fee            minor_units not null default 0,
  asks_transaction_pin      boolean not null default false,
  -- Of its officers.
  requires_second_factor    boolean not null default false,
  terms_and_conditions      text not null default '',
  terms_updated_at          timestamptz,
  -- Grows by 1 with each change of what managers decide.
  settings_version          positive_int not null default 1,
  recorded_at               timestamptz not null
);

-- Host names that stand for an organisation in requests without a token: in lower case, without a port.
create table organisation_host (
  host            text primary key constraint organisation_host_form check (host = lower(host) and host <> ''),
  organisation_id uuid not null references organisation,
  recorded_at     timestamptz not null
);
create index organisation_host_organisation on organisation_host (organisation_id);

-- Earlier four-eyes amounts of an organisation. What was recorded before one ended is still subject to it.
create table past_four_eyes_amount (
  organisation_id uuid not null references organisation,
  ended_at        timestamptz not null,
  above           minor_units not null,
  primary key (organisation_id, ended_at, above)
);

-- Customers and staff. An e-mail address belongs to one person within an organisation.
create table app_user (
  id              uuid primary key,
  organisation_id uuid not null references organisation,
  role            user_role not null,
  first_name      text not null,
  last_name       text not null,
  email           text not null,
  -- Null: invited, or the sign-in was reset; the invitation sets it.
  password_hash   text,
  recorded_at     timestamptz not null,
  email_confirmed_at timestamptz,
  -- Since when the user may not sign in; null: may.
  disabled_at     timestamptz,
  -- Failed sign-ins until then no longer count for this user.
  unlocked_at     timestamptz
);
create unique index app_user_email on app_user (lower(email), organisation_id);
create index app_user_organisation on app_user (organisation_id, id);

-- Banks that the built-in list lacks, or that an organisation names differently.
create table bank (
  organisation_id uuid not null references organisation,
  bank_code       bank_code not null,
  bank_name       text not null constraint bank_name_not_empty check (bank_name <> ''),
  -- False: its account numbers have no NUBAN check digit, such as the phone numbers of a wallet.
  has_nuban       boolean not null default true,
  primary key (organisation_id, bank_code)
);

-- People to whom an organisation does not lend: bank verification numbers, e-mail addresses and phone numbers.
create table blacklist_entry (
  id              uuid not null default gen_random_uuid() constraint blacklist_entry_id unique,
  organisation_id uuid not null references organisation,
  kind            blacklist_kind not null,
  value           text not null,
  reason          text not null,
  recorded_at     timestamptz not null,
  primary key (organisation_id, kind, value)
);

-- An API token acts in its organisation as a manager restricted to its scopes. Its id stands where a user's id would:
-- as the one who recorded something, and as the owner of an idempotency key.
create table api_token (
  id              uuid primary key,
  organisation_id uuid not null references organisation,
  name            text not null,
  -- Of the token, which is shown once and not stored.
  hash            digest not null constraint api_token_hash unique,
  -- For example repayments:verify.
  scopes          text[] not null constraint api_token_has_scopes check (cardinality(scopes) > 0),
  created_by      uuid not null,
  created_at      timestamptz not null,
  expires_at      timestamptz not null,
  -- To the minute, and a little late.
  last_used_at    timestamptz,
  revoked_by      uuid,
  revoked_at      timestamptz,
  constraint api_token_expires_later check (expires_at > created_at),
  constraint api_token_revoked_by_somebody check ((revoked_at is null) = (revoked_by is null))
);
create index api_token_organisation on api_token (organisation_id, id);

-- Who did what, beyond what the business records show. The audit trail is listed newest first, by each of its filters.
create table audit_entry (
  organisation_id uuid not null,
  id              uuid not null,
  actor_id        uuid not null,
  action          text not null,
  subject_id      uuid not null,
  detail          jsonb not null,
  interaction_id  text not null,
  recorded_at     timestamptz not null,
  primary key (organisation_id, id)
);
create index audit_entry_time on audit_entry (organisation_id, recorded_at, id);
create index audit_entry_subject on audit_entry (organisation_id, subject_id, recorded_at, id);
create index audit_entry_actor on audit_entry (organisation_id, actor_id, recorded_at, id);
create index audit_entry_action on audit_entry (organisation_id, action, recorded_at, id);

-- The first of two approvals of an act: a reversal, waiver, charge, refund, write-off or disbursement above the
-- four-eyes amount, or a change that weakens a control. It is valid for one state of its subject: any change of the
-- subject ends it, so it is used at most once. The newest one of an act and a subject counts. Repayments and
-- applications keep their first approvals themselves.
create table first_approval (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  -- Grows in the order of recording, whatever the clocks of several servers say.
  sequence        bigint generated always as identity,
  -- For example WAIVE_DEBT.
  act             text not null constraint first_approval_act_form check (act ~ '^[A-Z]+(_[A-Z]+)*$'),
  -- The loan account, repayment, application, product or organisation that the act changes.
  subject_id      uuid not null,
  -- How often the subject had been changed by then.
  subject_version non_negative_int not null,
  -- Null unless the act concerns one loan or application.
  customer_id     uuid,
  account_id      uuid,
  -- What exactly was approved, as JSON.
  terms           jsonb not null,
  -- Null for a change of settings.
  amount          minor_units,
  currency_code   currency not null,
  reason          text,
  approved_by     uuid not null,
  approved_at     timestamptz not null,
  lapses_at       timestamptz not null,
  primary key (organisation_id, id),
  constraint first_approval_lapses_later check (lapses_at > approved_at)
);
create index first_approval_subject on first_approval (organisation_id, subject_id, act, sequence);
create index first_approval_lapse on first_approval (organisation_id, lapses_at, id);

call make_append_only('past_four_eyes_amount', 'audit_entry', 'first_approval');
