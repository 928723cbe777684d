using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Products;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Storage;

namespace Paydown.Bench;

/// <summary>
/// Fills a database with an organisation that has a given number of rows in every list, using a few statements. One of
/// its customers has the same number again. The rows suit lists; the books do not balance.
/// </summary>
public sealed class ListRows(NpgsqlConnection connection, int count)
{
    /// <summary>The number of other rows per loan, bank account or product.</summary>
    private const int RowsPerLoan = 10;

    /// <summary>The number of other rows per loan of the customer with many loans.</summary>
    private const int RowsPerOwnLoan = 20;

    private static readonly LoanTerms Terms = new()
    {
        Principal = new Money(1_200_000, Currency.Get("NGN")),
        AnnualRatePercent = 12,
        NumberOfInstallments = 12,
        SubmittedOn = new DateOnly(2026, 1, 12),
        Allocation = new AllocationPolicy
        {
            Strategy = AllocationStrategy.OldestFirst,
            Order = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal],
        },
    };

    public static OrganisationId OrganisationId { get; } = Id<OrganisationId>(0, 1);

    public static UserId ManagerId { get; } = Id<UserId>(0, 2);

    /// <summary>The customer with as many rows as all others together.</summary>
    public static CustomerId CustomerId { get; } = Id<CustomerId>(0, 3);

    /// <summary>The customer with many loans.</summary>
    public static CustomerId BorrowerId { get; } = Id<CustomerId>(0, 4);

    /// <summary>An average customer.</summary>
    public static CustomerId UsualCustomerId { get; } = Id<CustomerId>(1, 1);

    /// <summary>The loan of the average customer, whose repayments have its reference.</summary>
    public static LoanId LoanId { get; } = Id<LoanId>(2, 1);

    public static LoanApplicationId ApplicationId { get; } = Id<LoanApplicationId>(3, 1);

    public static string Reference { get; } = CreditorReference.FromBody("BENCH1").Value;

    /// <summary>Inserts all rows and updates the planner's statistics.</summary>
    /// <param name="product">The product of all applications; all products share its definition.</param>
    public async Task AddAsync(LoanProduct product)
    {
        await ExecuteAsync(
            """
            create function pg_temp.row_id(kind int, n bigint) returns uuid language sql immutable as $$
              select (lpad(to_hex(1704067200000 + n), 12, '0') || '70008' || lpad(to_hex(kind), 3, '0')
                      || '000000000000')::uuid
            $$
            """
        );
        await AddPeopleAsync();
        await AddLoansAsync();
        await AddRepaymentsAsync();
        await AddOwnAsync();
        await AddWalletAsync();
        await AddBackOfficeAsync();
        await AddApplicationsAsync(product);
        await ExecuteAsync("vacuum analyze");
    }

    /// <summary>The id of a row, as the SQL function <c>row_id</c> computes it.</summary>
    private static TId Id<TId>(int kind, long number)
        where TId : struct, IId<TId> =>
        TId.Of(Guid.ParseExact($"{1704067200000 + number:x12}70008{kind:x3}000000000000", "N"));

    private async Task AddPeopleAsync()
    {
        await ExecuteAsync(
            """
            insert into organisation (id, name, country_iso3, currency_code, collection_account_number,
                                      collection_account_name,
                                      collection_bank_code, collection_bank_name, contact_email, contact_phone,
                                      contact_hours, recorded_at)
            values ($1, 'Bench Lender', 'NGA', 'NGN', '0000000000', 'Bench', '000', 'Bench Bank', 'help@bench.example',
                    '+2340000000', '9 to 5', now())
            """,
            OrganisationId
        );
        const string user = """
            insert into app_user (id, organisation_id, role, first_name, last_name, email, password_hash, recorded_at)
            """;
        await ExecuteAsync(
            $"""
            {user} values ($1, $2, 'MANAGER', 'Efe', 'Manager', 'manager@bench.example', '', now()),
                          ($3, $2, 'CUSTOMER', 'Ngozi', 'Whole', 'whole@bench.example', '', now()),
                          ($4, $2, 'CUSTOMER', 'Kemi', 'Borrower', 'borrower@bench.example', '', now())
            """,
            ManagerId,
            OrganisationId,
            CustomerId,
            BorrowerId
        );
        // Last names of nearly random letters.
        await ExecuteAsync(
            $"""
            {user}
            select pg_temp.row_id(1, n), $1, 'CUSTOMER',
                   (array['Ada', 'Bola', 'Chidi', 'Dayo', 'Efe', 'Femi', 'Gozie', 'Halima'])[1 + n % 8],
                   initcap(translate(substr(md5(n::text), 1, 7), '0123456789', 'ghijklmnop')),
                   'c' || n || '@bench.example', '', now()
            from generate_series(1, $2) n
            """,
            OrganisationId,
            count
        );
    }

    private async Task AddLoansAsync()
    {
        var loans = Math.Max(count / RowsPerLoan, 1);
        await ExecuteAsync(
            """
            insert into bank_account (customer_id, id, organisation_id, account_number, account_name, bank_code,
                                      bank_name, account_type, is_default, is_verified, recorded_at)
            select pg_temp.row_id(1, n), pg_temp.row_id(4, n), $1, lpad(n::text, 10, '0'), 'Bench', '058', 'Bench Bank',
                   'SAVINGS', true, true, now()
            from generate_series(1, $2) n
            """,
            OrganisationId,
            loans
        );
        await ExecuteAsync(
            """
            insert into loan_account (
              customer_id, id, organisation_id, loan_application_id, product_name, account_product_name,
              repayment_method, reference, currency_code, applied_on, disbursed_on, state, principal_balance,
              interest_balance, fees_balance, penalty_balance, payoff_balance, overpaid, next_due_on,
              installment_count, event_count, recorded_at)
            select case when n <= $2 then pg_temp.row_id(1, n) else $3 end, pg_temp.row_id(2, n), $1,
                   case when n <= $2 then pg_temp.row_id(3, n) end, 'Salary Loan', 'Personal Loans', 'BANK_TRANSFER',
                   case when n = 1 then $5 else 'RF00N' || lpad(n::text, 9, '0') end, 'NGN', date '2026-01-12',
                   date '2026-01-12', case when n % 4 = 0 then 'CLOSED' else 'ACTIVE' end, 1200000, 0, 0, 0, 1200000, 0,
                   date '2026-02-12', 12, 1, now()
            from generate_series(1, $2 + $4) n
            """,
            OrganisationId,
            loans,
            BorrowerId,
            Math.Max(count / RowsPerOwnLoan, 1),
            Reference
        );
        await ExecuteAsync(
            "update loan_account set customer_id = $1 where id = pg_temp.row_id(2, $2 + 1)",
            CustomerId,
            loans
        );
        await ExecuteAsync(
            """
            insert into loan_day (customer_id, account_id, organisation_id)
            select customer_id, id, organisation_id from loan_account
            """
        );
        await ExecuteAsync(
            """
            insert into loan_terms (customer_id, account_id, terms)
            select customer_id, id, $1::json from loan_account
            """,
            StoredJson.Write(Terms)
        );
        await ExecuteAsync(
            """
            insert into loan_event (customer_id, account_id, sequence, id, kind, value_on, amount, recorded_at)
            select customer_id, id, 1, gen_random_uuid(), 'DISBURSEMENT', date '2026-01-12', 1200000, now()
            from loan_account where id = $1 or customer_id = $2
            """,
            LoanId,
            BorrowerId
        );
    }

    // One in twenty is pending and one in twenty was rejected. There are 5,000 amounts. The newest 1,000 rows have only
    // 100 of them, so that even a small list has a page of each amount.
    private async Task AddRepaymentsAsync()
    {
        await ExecuteAsync(
            """
            insert into repayment (customer_id, id, organisation_id, account_id, amount, method, bank_account_id,
                                   reference, reference_matches, paid_on, recorded_by, recorded_at)
            select pg_temp.row_id(1, l), pg_temp.row_id(5, n), $1, pg_temp.row_id(2, l),
                   case when n > $2 - 1000 then 1200 + n % 100 else 1000 + n % 5000 end, 'BANK_TRANSFER',
                   pg_temp.row_id(4, l), case when n % 100 = 0 then 'Loan ' || n else 'as agreed' end,
                   n % 100 <> 0, date '2026-02-12' - n / 10, pg_temp.row_id(1, l),
                   now() - ($2 - n) * interval '1 second'
            from generate_series(1, $2) n, lateral (select 1 + n % greatest($2 / 10, 1)) loan (l)
            """,
            OrganisationId,
            count
        );
        await DecideAsync("r.organisation_id = $1", OrganisationId);
    }

    private Task DecideAsync<TId>(string which, TId id)
        where TId : struct, IId<TId> =>
        ExecuteAsync(
            $"""
            insert into repayment_standing (customer_id, repayment_id, status, reason, version, principal_balance,
                                            total_balance, due_on, lines, organisation_id, recorded_at, reported_amount)
            select customer_id, id, case when n % 20 = 1 then 'REJECTED' else 'VERIFIED' end, null, 1, 0, 0,
                   date '2026-02-12', '[]', organisation_id, recorded_at, amount
            from (select r.*, row_number() over (order by recorded_at) as n from repayment r where {which}) r
            where n % 20 <> 0
            """,
            id
        );

    private async Task AddOwnAsync()
    {
        await ExecuteAsync(
            """
            insert into repayment (customer_id, id, organisation_id, account_id, amount, method, reference,
                                   reference_matches, paid_on, recorded_by, recorded_at)
            select $1, pg_temp.row_id(6, n), $2, pg_temp.row_id(2, greatest($3 / 10, 1) + 1), 1000 + n % 5000,
                   'BANK_TRANSFER', 'as agreed', true, date '2026-02-12' - n / 10, $1,
                   now() - ($3 - n) * interval '1 second'
            from generate_series(1, $3) n
            """,
            CustomerId,
            OrganisationId,
            count
        );
        await DecideAsync("r.customer_id = $1", CustomerId);
    }

    private async Task AddWalletAsync()
    {
        await ExecuteAsync(
            """
            insert into wallet (customer_id, organisation_id, currency_code, balance, entry_count)
            values ($1, $2, 'NGN', $3 * 100, $3)
            """,
            CustomerId,
            OrganisationId,
            count
        );
        await ExecuteAsync(
            """
            insert into journal_entry (customer_id, id, organisation_id, kind, subject_id, currency_code, effective_on,
                                       recorded_at, ledger_accounts, amounts)
            select $1, pg_temp.row_id(7, n), $2, 'DISBURSED_TO_WALLET', pg_temp.row_id(7, n), 'NGN',
                   date '2026-02-12', now(), '{1010,2020}', '{100,-100}'
            from generate_series(1, $3) n
            """,
            CustomerId,
            OrganisationId,
            count
        );
        await ExecuteAsync(
            """
            insert into wallet_entry (customer_id, sequence, entry_id, change, balance)
            select $1, n, pg_temp.row_id(7, n), 100, n * 100 from generate_series(1, $2) n
            """,
            CustomerId,
            count
        );
        await ExecuteAsync(
            """
            insert into wallet_transfer (customer_id, id, organisation_id, amount, fee, currency_code, bank_account_id,
                                         account_number, account_name, bank_code, bank_name, expected_at, recorded_at)
            select $1, pg_temp.row_id(8, n), $2, 100, 0, 'NGN', pg_temp.row_id(4, 1), '0000000001', 'Bench', '058',
                   'Bench Bank', now(), now()
            from generate_series(1, $3) n
            """,
            CustomerId,
            OrganisationId,
            count
        );
        await ExecuteAsync(
            """
            insert into wallet_transfer_standing (customer_id, transfer_id, organisation_id, status)
            select $1, pg_temp.row_id(8, n), $2, 'PENDING' from generate_series(1, $3) n
            """,
            CustomerId,
            OrganisationId,
            count
        );
    }

    private async Task AddBackOfficeAsync()
    {
        await ExecuteAsync(
            """
            insert into audit_entry (organisation_id, id, actor_id, action, subject_id, detail, interaction_id,
                                     recorded_at)
            select $1, pg_temp.row_id(9, n), pg_temp.row_id(1, n % 50),
                   (array['CHARGED', 'WAIVED', 'SIGNED'])[1 + n % 3],
                   pg_temp.row_id(2, n % 5000), '{}', 'bench', now() - ($2 - n) * interval '1 second'
            from generate_series(1, $2) n
            """,
            OrganisationId,
            count
        );
        await ExecuteAsync(
            """
            insert into api_token (id, organisation_id, name, hash, scopes, created_by, created_at, expires_at)
            select pg_temp.row_id(10, n), $1, 'Bench', sha256(n::text::bytea), array['loans:read'], $2, now(),
                   now() + interval '1 day'
            from generate_series(1, $3) n
            """,
            OrganisationId,
            ManagerId,
            count
        );
    }

    private async Task AddApplicationsAsync(LoanProduct product)
    {
        var products = Math.Max(count / RowsPerLoan, 1);
        await ExecuteAsync("begin");
        await ExecuteAsync(
            """
            insert into loan_product (organisation_id, id, version, is_open, name)
            select $1, pg_temp.row_id(11, n), 1, false, 'Product ' || md5(n::text) from generate_series(1, $2) n
            """,
            OrganisationId,
            products
        );
        await ExecuteAsync(
            """
            insert into loan_product_version (organisation_id, product_id, version, definition, recorded_by,
                                              recorded_at)
            select organisation_id, id, 1, $1::jsonb, $2, now() from loan_product
            """,
            StoredJson.Write(product),
            ManagerId
        );
        await ExecuteAsync("commit");
        await ExecuteAsync(
            """
            insert into loan_application (
              customer_id, id, organisation_id, product_id, product_version, status, currency_code, requested_amount,
              duration, repayment_method, employment_status, monthly_income, first_name, last_name, date_of_birth,
              phone_number, bvn, account_number, bank_code, answers, checks, score, band, score_parts, requested_by,
              requested_on, recorded_at)
            select pg_temp.row_id(1, n), pg_temp.row_id(3, n), $1, pg_temp.row_id(11, 1), 1,
                   case when n <= $3 then 'DISBURSED'
                        else (array['REQUESTED', 'REJECTED', 'REJECTED', 'OFFER_SENT', 'CANCELLED'])[1 + n % 5] end,
                   'NGN', 1200000, 12, 'BANK_TRANSFER', 'EMPLOYED', 100000, 'Ada', 'Bench', date '1990-05-17',
                   '08005550100', '12345678901', '0000000001', '058', '[]', '[]', 70, 'GREEN', '[]',
                   pg_temp.row_id(1, n), date '2026-01-12', now()
            from generate_series(1, $2) n
            """,
            OrganisationId,
            count,
            Math.Max(count / RowsPerLoan, 1)
        );
        await ExecuteAsync(
            """
            update loan_application set offer_number = 1 where status = 'OFFER_SENT'
            """
        );
        await ExecuteAsync(
            """
            insert into loan_offer (customer_id, application_id, number, terms, fees, amount, total_repayment, apr,
                                    sent_by, sent_at, expires_at)
            select customer_id, id, 1, $1::jsonb, '[]', 1200000, 1300000, 12, $2, now(),
                   now() + case when n % 4 = 0 then 1 else -1 end * interval '1 day'
            from (select *, row_number() over (order by id) as n from loan_application where status = 'OFFER_SENT') a
            """,
            StoredJson.Write(Terms),
            ManagerId
        );
    }

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values)
            command.Parameters.Add(Sql.Value(value));
        await command.ExecuteNonQueryAsync();
    }
}
