using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Repayments;

/// <summary>A repayment that is about to be written.</summary>
public sealed record NewRepayment
{
    public required CustomerId CustomerId { get; init; }

    public required RepaymentId Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    /// <summary>The loan account, locked.</summary>
    public required LoanId AccountId { get; init; }

    public required Money Amount { get; init; }

    public required PaymentMethod Method { get; init; }

    /// <summary>The reference on the transfer or receipt.</summary>
    public required string Reference { get; init; }

    /// <summary>True if the reference is the loan's own.</summary>
    public required bool ReferenceMatches { get; init; }

    public required DateOnly PaidOn { get; init; }

    /// <summary>The customer's bank account that the money came from; null if unknown or none.</summary>
    public BankAccountId? BankAccountId { get; init; }

    public string? Narration { get; init; }

    public bool IsPayoff { get; init; }

    /// <summary>The customer, the officer or the API token that records it.</summary>
    public required UserId RecordedBy { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>A report that is open again, because what was decided about it was taken back.</summary>
/// <param name="Original">The report as it was.</param>
/// <param name="Id">The id of the new report.</param>
/// <param name="At">The instant of recording.</param>
public sealed record ReopenedReport(StoredRepayment Original, RepaymentId Id, DateTimeOffset At);

/// <summary>Writes repayments: the only place that inserts them.</summary>
public static class RepaymentRecordStore
{
    private const string Insert = """
        insert into repayment (customer_id, id, organisation_id, account_id, amount, method, bank_account_id, reference,
                               reference_matches, paid_on, narration, is_payoff, recorded_by, recorded_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """;

    private const string InsertReopened = """
        insert into repayment (customer_id, id, organisation_id, account_id, amount, method, bank_account_id, reference,
                               reference_matches, paid_on, narration, is_payoff, recorded_by, recorded_at)
        select p.customer_id, r.new_id, p.organisation_id, p.account_id, p.amount, p.method, p.bank_account_id,
               p.reference, p.reference_matches, p.paid_on, p.narration, p.is_payoff, p.recorded_by, r.recorded_at
        from unnest($1, $2, $3, $4) as r (customer_id, id, new_id, recorded_at)
        join repayment p on p.customer_id = r.customer_id and p.id = r.id
        """;

    /// <summary>
    /// Adds the statements that open reports again to a batch, with their events and what is pending on their loans.
    /// The changes of these loans must come before.
    /// </summary>
    public static void AddReopenedTo(NpgsqlBatch batch, IReadOnlyList<ReopenedReport> reports)
    {
        new RowsStatement<ReopenedReport>(InsertReopened, reports)
            .Column(row => row.Original.CustomerId)
            .Column(row => row.Original.Id)
            .Column(row => row.Id)
            .Column(row => row.At)
            .AddTo(batch);
        OutboxStore.AddTo(
            batch,
            [
                .. reports.Select(row => new OutboxRow(
                    row.Original.CustomerId,
                    row.Original.OrganisationId,
                    row.Original.AccountId,
                    new OutboxMessage(EventType.RepaymentRecorded, row.Id.AsSubject, Details: null),
                    row.At
                )),
            ]
        );
        LoanChangeStore.AddPendingTo(
            batch,
            [
                .. reports.Select(row => new PendingAmount(
                    row.Original.CustomerId,
                    row.Original.AccountId,
                    row.Original.Reported.Amount
                )),
            ]
        );
    }

    /// <summary>
    /// Adds the statements that write repayments awaiting verification to a batch: the repayments, their events, and
    /// what is pending on their loans.
    /// </summary>
    public static void AddPendingTo(NpgsqlBatch batch, IReadOnlyList<NewRepayment> repayments)
    {
        AddTo(batch, repayments);
        OutboxStore.AddTo(batch, [.. repayments.Select(RepaymentRecorded.ToMessage)]);
        LoanChangeStore.AddPendingTo(
            batch,
            [.. repayments.Select(one => new PendingAmount(one.CustomerId, one.AccountId, one.Amount))]
        );
    }

    /// <summary>Adds the statement that writes the repayments alone.</summary>
    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<NewRepayment> repayments) =>
        new RowsStatement<NewRepayment>(Insert, repayments)
            .Column(row => row.CustomerId)
            .Column(row => row.Id)
            .Column(row => row.OrganisationId)
            .Column(row => row.AccountId)
            .Column(row => row.Amount)
            .Column(row => Words.Write(row.Method))
            .Column(row => row.BankAccountId)
            .Column(row => row.Reference)
            .Column(row => row.ReferenceMatches)
            .Column(row => row.PaidOn)
            .Column(row => row.Narration)
            .Column(row => row.IsPayoff)
            .Column(row => row.RecordedBy)
            .Column(row => row.RecordedAt)
            .AddTo(batch);
}
