-- Who is signed in. Secrets are stored as hashes only, except the signing keys, which every server must be able to use:
-- whoever reads that table can sign in as anybody.

-- The keys that sign access tokens; the id is the kid of the token. All servers of a database share them.
create table signing_key (
  id         uuid primary key,
  secret     bytea not null constraint signing_key_length check (octet_length(secret) >= 32),
  -- Later than created_at, so that every server knows the key before it sees the first token.
  signs_from timestamptz not null,
  created_at timestamptz not null
);

-- One sign-in: the family of all tokens that came from one password. Its row is the lock of the family.
create table user_session (
  id           uuid primary key,
  user_id      uuid not null references app_user,
  signed_in_at timestamptz not null,
  -- When its youngest refresh token expires.
  expires_at   timestamptz not null,
  revoked_at   timestamptz,
  revoked_for  revocation_cause,
  -- Of the account and the address of the client. Failures from other addresses do not lock this one out.
  client       digest not null,
  constraint user_session_revoked_for_a_cause check ((revoked_at is null) = (revoked_for is null))
);
create index user_session_user on user_session (user_id);
create index user_session_expiry on user_session (expires_at);

create table refresh_token (
  -- Of the token.
  hash       digest primary key,
  session_id uuid not null references user_session on delete cascade,
  issued_at  timestamptz not null,
  expires_at timestamptz not null,
  spent_at   timestamptz,
  constraint refresh_token_expires_later check (expires_at > issued_at)
);
create index refresh_token_session on refresh_token (session_id);

-- The sessions of browsers: a cookie stands for a sign-in, and is deleted with it.
create table page_session (
  -- Of the cookie's value, which is not stored.
  hash       digest primary key,
  session_id uuid not null references user_session on delete cascade,
  -- When it was last used, to about a minute.
  seen_at    timestamptz not null,
  ends_at    timestamptz not null,
  constraint page_session_ends_later check (ends_at > seen_at)
);
create index page_session_session on page_session (session_id);

-- Tokens that are sent by mail and work once: for an invitation, a forgotten password, the confirmation of an e-mail.
create table one_time_token (
  -- Of the token, which is not stored.
  hash       digest primary key,
  user_id    uuid not null references app_user,
  purpose    token_purpose not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  spent_at   timestamptz,
  -- As in user_session: the client that used it to set a password is known.
  client     digest,
  constraint one_time_token_expires_later check (expires_at > created_at),
  constraint one_time_token_spent_by_a_client check ((spent_at is null) = (client is null))
);
create index one_time_token_user on one_time_token (user_id);
create index one_time_token_expiry on one_time_token (expires_at);

-- The authenticator app of a user (RFC 6238). Like the signing keys, its secret must be readable to be used.
create table second_factor (
  user_id      uuid primary key references app_user,
  secret       bytea not null constraint second_factor_length check (octet_length(secret) = 20),
  created_at   timestamptz not null,
  -- When a first code showed that the app has the secret; null: it does not count yet.
  confirmed_at timestamptz,
  -- The time step of the last code: each code works once.
  last_step    bigint not null default 0
);

-- What stands in for a code of a lost app, each once.
create table recovery_code (
  user_id uuid not null references second_factor on delete cascade,
  -- Of the code, which is shown once and not stored.
  hash    digest not null,
  used_at timestamptz,
  primary key (user_id, hash)
);

-- Revoked sessions whose access tokens have not expired. Every server keeps these in memory.
create table revoked_session (
  session_id   uuid primary key,
  -- When its last access token expires.
  access_until timestamptz not null,
  revoked_at   timestamptz not null
);
create index revoked_session_time on revoked_session (revoked_at);

-- Failed sign-ins, also for addresses that no account has: a lockout must not show which accounts exist.
create table sign_in_failure (
  -- Of the e-mail address in lower case.
  account         digest not null,
  id              uuid not null,
  -- Null: the request named no organisation, so it counts against all of them.
  organisation_id uuid,
  -- As in user_session; null: unknown.
  client          digest,
  failed_at       timestamptz not null,
  primary key (account, id)
);
create index sign_in_failure_time on sign_in_failure (failed_at);
