-- The first of two approvals of an act: a reversal, waiver, charge, refund, write-off or disbursement above the
-- four-eyes amount, or a change that weakens a control. It holds for the subject as it stood then: whatever changes
-- the subject ends it, so it is used at most once. The newest of an act and a subject counts. Approvals of repayments
-- and applications stand with these.
create table first_approval (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  -- Grows in the order of recording, whatever the clocks of several servers say.
  sequence        bigint generated always as identity,
  -- For example WAIVE_DEBT.
  act             text not null check (act ~ '^[A-Z]+(_[A-Z]+)*$'),
  -- The loan account, repayment, application, product or organisation that it changes.
  subject_id      uuid not null,
  -- How often the subject had been changed at that moment.
  subject_version int not null check (subject_version >= 0),
  -- Null for what is not done to one loan or application.
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
  lapses_at       timestamptz not null check (lapses_at > approved_at),
  primary key (organisation_id, id)
);
create index first_approval_subject on first_approval (organisation_id, subject_id, act, sequence);
create index first_approval_lapse on first_approval (organisation_id, lapses_at, id);

-- Four-eyes amounts of an organisation that no longer hold. What was recorded before one ended is still under it.
create table past_four_eyes_amount (
  organisation_id uuid not null references organisation,
  ended_at        timestamptz not null,
  above           minor_units not null,
  primary key (organisation_id, ended_at, above)
);

do $$
declare
  guarded text;
begin
  foreach guarded in array array['first_approval', 'past_four_eyes_amount']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I
                    for each statement execute function refuse_change()', guarded);
  end loop;
end $$;

-- Its approvals are kept above from now on.
drop table write_off_approval;
