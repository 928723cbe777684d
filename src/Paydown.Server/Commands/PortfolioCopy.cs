using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>
/// Writes loans of the portfolio with PostgreSQL's binary COPY, one per table and batch, in the caller's transaction.
/// </summary>
public sealed class PortfolioCopy(NpgsqlConnection connection, string passwordHash, CancellationToken token)
{
    private static readonly string[] FirstNames =
    [
        "Ada",
        "Bola",
        "Chidi",
        "Dayo",
        "Efe",
        "Femi",
        "Gozie",
        "Halima",
        "Ibrahim",
        "Kemi",
        "Ngozi",
    ];
    private static readonly string[] LastNames =
    [
        "Adeyemi",
        "Bello",
        "Chukwu",
        "Danjuma",
        "Eze",
        "Fashola",
        "Ibe",
        "Musa",
        "Okafor",
        "Okoro",
        "Yusuf",
    ];

    private readonly Dictionary<LoanTerms, string> terms = new(ReferenceEqualityComparer.Instance);

    /// <summary>Writes all rows of the loans, in the order that the foreign keys require.</summary>
    public async Task WriteAsync(IReadOnlyList<PortfolioLoan> loans)
    {
        await CopyCustomersAsync(loans);
        await CopyBankAccountsAsync(loans);
        await CopyAccountsAsync(loans);
        await CopyReferencesAsync(loans);
        await CopyTermsAsync(loans);
        await CopyDaysAsync(loans);
        var changes = loans.SelectMany(loan => loan.Changes).ToList();
        await CopyEventsAsync(changes);
        await CopyJournalAsync(changes);
        var repayments = loans.SelectMany(loan => loan.Repayments, (loan, repayment) => (loan, repayment)).ToList();
        if (repayments.Count == 0)
            return;
        await CopyRepaymentsAsync(repayments);
        await CopyDecisionsAsync(changes);
        var recorded = repayments.ToDictionary(one => one.repayment.File.Id, one => one.repayment);
        await CopyStandingsAsync(changes, recorded);
    }

    // Loans of one kind share their terms.
    private string TermsOf(StoredLoan file)
    {
        if (!terms.TryGetValue(file.Terms, out var text))
            terms.Add(file.Terms, text = StoredJson.Write(file.Terms));
        return text;
    }

    private static string FirstName(int number) => FirstNames[number % FirstNames.Length];

    private static string LastName(int number) => LastNames[number / FirstNames.Length % LastNames.Length];

    private Task CopyCustomersAsync(IReadOnlyList<PortfolioLoan> loans) =>
        CopyAsync(
            "app_user (id, organisation_id, role, first_name, last_name, email, password_hash, recorded_at)",
            loans,
            (row, loan) =>
            {
                row.Add(loan.After.CustomerId)
                    .Add(loan.After.OrganisationId)
                    .Add("CUSTOMER")
                    .Add(FirstName(loan.Number))
                    .Add(LastName(loan.Number))
                    .Add($"customer{loan.Number}@portfolio.example")
                    .Add(passwordHash)
                    .Add(loan.Opening.ActionContext.At);
            }
        );

    private Task CopyBankAccountsAsync(IReadOnlyList<PortfolioLoan> loans) =>
        CopyAsync(
            """
            bank_account (customer_id, id, organisation_id, account_number, account_name, bank_code, bank_name,
                account_type, is_default,
                          is_verified, recorded_at)
            """,
            loans,
            (row, loan) =>
            {
                row.Add(loan.After.CustomerId)
                    .Add(PortfolioIds.BankAccount(loan.Number))
                    .Add(loan.After.OrganisationId)
                    .Add($"{loan.Number:0000000000}")
                    .Add($"{LastName(loan.Number)} {FirstName(loan.Number)}")
                    .Add("058")
                    .Add("GTBank")
                    .Add("SAVINGS")
                    .Add(true)
                    .Add(true)
                    .Add(loan.Opening.ActionContext.At);
            }
        );

    private Task CopyAccountsAsync(IReadOnlyList<PortfolioLoan> loans) =>
        CopyAsync(
            """
            loan_account (customer_id, id, organisation_id, loan_application_id, product_name, account_product_name,
                repayment_method,
                          reference, currency_code, applied_on, disbursed_on, state, principal_balance,
                              interest_balance, fees_balance,
                          penalty_balance, payoff_balance, overpaid, pending_total, balance_on, next_due_on,
                              installment_count, event_count, recorded_at)
            """,
            loans,
            (row, loan) =>
            {
                var file = loan.After;
                row.Add(file.CustomerId)
                    .Add(file.Id)
                    .Add(file.OrganisationId)
                    .Add(file.ApplicationId)
                    .Add(file.ProductName)
                    .Add(file.AccountProductName)
                    .Add(Words.Write(file.RepaymentMethod))
                    .Add(file.Reference)
                    .Add(file.Currency.Code)
                    .Add(file.AppliedOn)
                    .Add(file.DisbursedOn)
                    .Add(Words.Write(file.State))
                    .Add(file.Balance.Principal)
                    .Add(file.Balance.Interest)
                    .Add(file.Balance.Fees)
                    .Add(file.Balance.Penalty)
                    .Add(file.Payoff)
                    .Add(file.Overpaid)
                    .Add(file.Pending)
                    .Add(file.BalanceOn)
                    .Add(file.NextDueOn)
                    .Add(file.InstallmentCount)
                    .Add(file.Events.Count)
                    .Add(loan.Opening.ActionContext.At);
            }
        );

    private Task CopyDaysAsync(IReadOnlyList<PortfolioLoan> loans) =>
        CopyAsync(
            "loan_day (customer_id, account_id, organisation_id, next_action_on)",
            loans,
            (row, loan) =>
                row.Add(loan.After.CustomerId)
                    .Add(loan.After.Id)
                    .Add(loan.After.OrganisationId)
                    .Add(loan.After.NextActionOn)
        );

    private Task CopyReferencesAsync(IReadOnlyList<PortfolioLoan> loans) =>
        CopyAsync(
            "loan_reference (organisation_id, reference, customer_id, account_id)",
            loans,
            (row, loan) =>
                row.Add(loan.After.OrganisationId)
                    .Add(loan.After.Reference)
                    .Add(loan.After.CustomerId)
                    .Add(loan.After.Id)
        );

    private Task CopyTermsAsync(IReadOnlyList<PortfolioLoan> loans) =>
        CopyAsync(
            "loan_terms (customer_id, account_id, terms)",
            loans,
            (row, loan) =>
                row.Add(loan.After.CustomerId).Add(loan.After.Id).AddJson(TermsOf(loan.After), NpgsqlDbType.Json)
        );

    private Task CopyEventsAsync(IEnumerable<LoanChange> changes) =>
        CopyAsync(
            "loan_event (customer_id, account_id, sequence, id, kind, value_on, amount, recorded_by, recorded_at)",
            changes.SelectMany(
                change => change.Events,
                (change, loanEvent) => (change, loanEvent, fields: EventRow.Of(loanEvent, change.After.Currency))
            ),
            (row, one) =>
            {
                row.Add(one.change.After.CustomerId)
                    .Add(one.change.After.Id)
                    .Add(one.loanEvent.Sequence)
                    .Add(one.loanEvent.Id)
                    .Add(one.fields.Kind)
                    .Add(one.loanEvent.On)
                    .Add(one.fields.Amount)
                    .Add(one.change.ActionContext.By)
                    .Add(one.change.ActionContext.At);
            }
        );

    private Task CopyJournalAsync(IEnumerable<LoanChange> changes) =>
        CopyAsync(
            """
            journal_entry (customer_id, id, organisation_id, account_id, kind, subject_id, currency_code, effective_on,
                           recorded_at, ledger_accounts, amounts)
            """,
            changes.SelectMany(change => change.Entries, (change, booked) => (change, booked)),
            (row, one) =>
            {
                row.Add(one.change.After.CustomerId)
                    .Add(one.booked.Id)
                    .Add(one.change.After.OrganisationId)
                    .Add(one.change.After.Id)
                    .Add(Words.Write(one.booked.Entry.Kind))
                    .Add(one.booked.Entry.SubjectId)
                    .Add(one.booked.Entry.Currency.Code)
                    .Add(one.booked.Entry.EffectiveOn)
                    .Add(one.change.ActionContext.At)
                    .Add(one.booked.Entry.Postings.Select(posting => (short)posting.Account).ToArray())
                    .Add(one.booked.Entry.Postings.Select(posting => posting.Amount.MinorUnits).ToArray());
            }
        );

    private Task CopyRepaymentsAsync(IReadOnlyList<(PortfolioLoan Loan, PortfolioRepayment Repayment)> repayments) =>
        CopyAsync(
            """
            repayment (customer_id, id, organisation_id, account_id, amount, method, bank_account_id, reference,
                reference_matches, paid_on,
                       recorded_by, recorded_at)
            """,
            repayments,
            (row, one) =>
            {
                var file = one.Repayment.File;
                row.Add(file.CustomerId)
                    .Add(file.Id)
                    .Add(one.Loan.After.OrganisationId)
                    .Add(file.AccountId)
                    .Add(file.Amount)
                    .Add(Words.Write(file.Method))
                    .Add(PortfolioIds.BankAccount(one.Loan.Number))
                    .Add(one.Loan.After.Reference)
                    .Add(true)
                    .Add(file.PaidOn)
                    .Add(file.CustomerId)
                    .Add(one.Repayment.Change.ActionContext.At);
            }
        );

    private Task CopyDecisionsAsync(IEnumerable<LoanChange> changes) =>
        CopyAsync(
            "repayment_decision (customer_id, repayment_id, kind, decided_by, reason, decided_at)",
            changes.SelectMany(change => change.Decisions, (change, decision) => (change, decision)),
            (row, one) =>
            {
                row.Add(one.change.After.CustomerId)
                    .Add(one.decision.RepaymentId)
                    .Add(Words.Write(one.decision.Kind))
                    .Add(one.change.ActionContext.By)
                    .Add(one.decision.Reason)
                    .Add(one.change.ActionContext.At);
            }
        );

    private async Task CopyStandingsAsync(
        IReadOnlyList<LoanChange> changes,
        Dictionary<RepaymentId, PortfolioRepayment> recorded
    )
    {
        var versions = RepaymentStanding.VersionsOf(changes);
        await CopyAsync(
            """
            repayment_standing (customer_id, repayment_id, status, reason, version, principal_balance, total_balance,
                                overpaid, due_on, lines, organisation_id, recorded_at, reported_amount)
            """,
            RepaymentStanding.LastOf(changes, versions),
            (row, standing) =>
            {
                var repayment = recorded[standing.RepaymentId];
                row.Add(standing.CustomerId)
                    .Add(standing.RepaymentId)
                    .Add(Words.Write(standing.Status))
                    .Add(standing.Reason)
                    .Add(standing.Steps)
                    .Add(standing.Counted?.PrincipalBalance)
                    .Add(standing.Counted?.TotalBalance)
                    .Add(standing.Counted?.Overpaid)
                    .Add(standing.Counted is { } counted ? RepaymentStanding.DueOnOf(counted) : null)
                    .AddJson(StoredLines.Write(standing.Counted?.Lines ?? []), NpgsqlDbType.Json)
                    .Add(repayment.File.OrganisationId)
                    .Add(repayment.Change.ActionContext.At)
                    .Add(repayment.File.Amount);
            }
        );
    }

    private async Task CopyAsync<TRow>(string columns, IEnumerable<TRow> rows, Action<Row, TRow> write)
    {
#pragma warning disable RS0030 // Banned because it blocks; this code does not run in a server.
        await using var importer = await connection.BeginBinaryImportAsync(
            $"copy {columns} from stdin (format binary)",
            token
        );
#pragma warning restore RS0030
        foreach (var row in rows)
        {
            await importer.StartRowAsync(token);
            write(new Row(importer), row);
        }

        await importer.CompleteAsync(token);
    }

    // One row. Its values go into a buffer, which is sent between rows.
    private readonly struct Row(NpgsqlBinaryImporter importer)
    {
        public Row Add(string? value)
        {
            if (value is null)
                importer.WriteNull();
            else
                importer.Write(value);
            return this;
        }

        public Row Add<T>(T value)
            where T : struct
        {
            if (value is IId id)
                importer.Write(id.Value);
            else if (value is Money amount)
                importer.Write(amount.MinorUnits);
            else
                importer.Write(value);
            return this;
        }

        public Row Add<T>(T? value)
            where T : struct
        {
            if (value is { } some)
                return Add(some);
            importer.WriteNull();
            return this;
        }

        public Row Add<T>(T[] values)
            where T : struct
        {
            importer.Write(values);
            return this;
        }

        public Row AddJson(string text, NpgsqlDbType type = NpgsqlDbType.Jsonb)
        {
            importer.Write(text, type);
            return this;
        }
    }
}
