using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Amounts;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;

namespace Paydown.Server.Repayments;

/// <summary>A single repayment that is about to be written, whoever records it.</summary>
public sealed record NewRepayment
{
    public required Guid Id { get; init; }

    /// <summary>The loan, locked.</summary>
    public required StoredLoan Stored { get; init; }

    public required Money Amount { get; init; }

    /// <summary><c>BANK_TRANSFER</c>, <c>DIRECT_DEBIT</c>, <c>WALLET</c>, <c>CARD</c> or <c>CASH</c>.</summary>
    public required string Method { get; init; }

    /// <summary>As written on the transfer or receipt.</summary>
    public required string Reference { get; init; }

    public required bool ReferenceMatches { get; init; }

    public required DateOnly PaidOn { get; init; }

    /// <summary>The customer's account that it came from; null: not known, or none.</summary>
    public Guid? BankAccountId { get; init; }

    public string? Narration { get; init; }

    public bool IsPayoff { get; init; }

    /// <summary>Who records it, when.</summary>
    public required ActionContext ActionContext { get; init; }
}

/// <summary>
/// The SQL of single repayments: payoffs, and what officers record. Reports of customers are written in groups by
/// <see cref="RepaymentReportStore"/>.
/// </summary>
public static class RepaymentRecordStore
{
    private const string InsertRepayment = """
        insert into repayment (customer_id, id, organisation_id, account_id, amount, method, bank_account_id, reference,
                               reference_matches, paid_on, narration, is_payoff, recorded_by, recorded_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """;

    private const string AddPending =
        "update loan_account set pending_total = pending_total + $3 where customer_id = $1 and id = $2";

    private const string InsertEvent = """
        insert into outbox_event (customer_id, id, organisation_id, account_id, type, payload, recorded_at)
        values ($1, $2, $3, $4, 'repayment.recorded', $5, $6)
        """;

    /// <summary>
    /// Writes a repayment that awaits verification, with its event and its audit entry. The loan must be locked.
    /// </summary>
    public static async Task RecordAsync(
        NpgsqlConnection connection,
        NewRepayment repayment,
        AuditEntry? audited,
        CancellationToken cancellation
    )
    {
        var (stored, at) = (repayment.Stored, repayment.ActionContext.At);
        var told = RepaymentRecorded.ToEvent(
            repayment.Id,
            stored.CustomerId,
            stored.Id,
            stored.ApplicationId,
            repayment.Amount,
            at
        );
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Insert(repayment),
                With(AddPending, stored.CustomerId, stored.Id, repayment.Amount.MinorUnits),
                With(InsertEvent, stored.CustomerId, repayment.Id, stored.OrganisationId, stored.Id, told, at),
            },
        };
        if (audited is not null)
            AuditTrail.AddTo(batch, [new(stored.OrganisationId, repayment.Id, repayment.ActionContext, audited)]);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The statement that writes a repayment, and nothing that follows from it.</summary>
    public static NpgsqlBatchCommand Insert(NewRepayment repayment)
    {
        var stored = repayment.Stored;
        var command = With(
            InsertRepayment,
            stored.CustomerId,
            repayment.Id,
            stored.OrganisationId,
            stored.Id,
            repayment.Amount.MinorUnits,
            repayment.Method
        );
        command.Parameters.Add(Nullable(repayment.BankAccountId, NpgsqlDbType.Uuid));
        Add(command, repayment.Reference, repayment.ReferenceMatches, repayment.PaidOn);
        command.Parameters.Add(Nullable(repayment.Narration, NpgsqlDbType.Text));
        Add(command, repayment.IsPayoff, repayment.ActionContext.By, repayment.ActionContext.At);
        return command;
    }

    private static NpgsqlBatchCommand With(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        Add(command, values);
        return command;
    }

    private static void Add(NpgsqlBatchCommand command, params ReadOnlySpan<object> values)
    {
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
    }

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
