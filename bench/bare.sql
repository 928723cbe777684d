-- The other side of `repay` and `verify`: the best that a database can do with one transaction per repayment. Our table
-- of repayments and the usual one of keys (usual.sql), ids that increase like ours, a different loan each time; nothing
-- is checked and no event is sent.
\set n :n + 1
\set customer :first + (:n * 7919 + :client_id * 104729) % :loans
\set id :n * 1024 + :client_id
begin;
insert into usual_key (caller_id, route, key, request_hash, status, body, recorded_at)
values ((lpad(to_hex(:customer::bigint), 12, '0') || '70008000000000000002')::uuid, 'POST user/repay-loan/{user-id}',
        :n::text || '-' || :client_id::text,
        '\x9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', 200,
        '{"status":"SUCCESS","data":{"id":"01957ad2-7c00-7000-8000-000000000001","repaymentAmount":0.01,'
        '"customerName":"Ada Adeyemi","email":"customer12345@portfolio.example","loanProductName":"Salary Loan",'
        '"repaymentReference":"RF18P000012345","verificationStatus":"PENDING_VERIFICATION",'
        '"message":"Your repayment is recorded and awaits verification."}}',
        now());
insert into repayment (customer_id, id, organisation_id, account_id, amount, method, bank_account_id, reference,
                       reference_matches,
                       paid_on, recorded_by, recorded_at)
values ((lpad(to_hex(:customer::bigint), 12, '0') || '70008000000000000002')::uuid,
        ('01957ad27c007000' || lpad(to_hex(:id::bigint), 16, '0'))::uuid,
        '018cc251-f400-7000-8000-000000000000',
        (lpad(to_hex(:customer::bigint), 12, '0') || '70008000000000000004')::uuid, 1, 'BANK_TRANSFER',
        (lpad(to_hex(:customer::bigint), 12, '0') || '70008000000000000003')::uuid, 'RF18P000012345', true,
        current_date,
        (lpad(to_hex(:customer::bigint), 12, '0') || '70008000000000000002')::uuid, now());
commit;
