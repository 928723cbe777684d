-- Who is signed in. Secrets stand here only as hashes, but for the signing keys, which every server must be able to
-- use: whoever reads this table can sign in as anybody.

-- The keys that sign access tokens; the id is the token's kid. All servers on one database share them.
create table signing_key (
  id         uuid primary key,
  secret     bytea not null check (octet_length(secret) >= 32),
  -- Later than created_at, so that every server knows the key before the first token of it comes.
  signs_from timestamptz not null,
  created_at timestamptz not null
);

-- One sign-in: the family of all tokens that came from one password. Its row is the lock of the family.
create table user_session (
  id             uuid primary key,
  user_id        uuid not null references app_user,
  signed_in_at   timestamptz not null,
  -- When its youngest refresh token expires.
  expires_at     timestamptz not null,
  revoked_at     timestamptz,
  revoked_for    text check (revoked_for in ('LOGOUT', 'TOKEN_REUSED')),
  check ((revoked_at is null) = (revoked_for is null))
);
create index user_session_user on user_session (user_id);
create index user_session_expiry on user_session (expires_at);

create table refresh_token (
  -- SHA-256 of the token.
  hash       bytea primary key check (octet_length(hash) = 32),
  session_id uuid not null references user_session on delete cascade,
  issued_at  timestamptz not null,
  expires_at timestamptz not null check (expires_at > issued_at),
  spent_at   timestamptz
);
create index refresh_token_session on refresh_token (session_id);

-- What every server keeps in memory: sessions whose access tokens count no longer although they have not expired.
create table revoked_session (
  session_id   uuid primary key,
  -- When the last access token of it expires.
  access_until timestamptz not null,
  revoked_at   timestamptz not null
);
create index revoked_session_time on revoked_session (revoked_at);

-- Failed sign-ins, also of e-mails that nobody has: a lock-out must not tell which accounts there are.
create table sign_in_failure (
  -- SHA-256 of the e-mail in lower case.
  account   bytea not null check (octet_length(account) = 32),
  id        uuid not null,
  failed_at timestamptz not null,
  primary key (account, id)
);
create index sign_in_failure_time on sign_in_failure (failed_at);
