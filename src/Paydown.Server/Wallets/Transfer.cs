using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Wallets;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Wallets;

/// <summary>A customer's request to send money from the wallet to a bank account. It never changes.</summary>
public sealed record Transfer
{
    public required CustomerId CustomerId { get; init; }

    public required TransferId Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    /// <summary>The amount that the bank account receives.</summary>
    public required Money Amount { get; init; }

    /// <summary>The fee, taken from the wallet on top of the amount.</summary>
    public required Money Fee { get; init; }

    public required BankAccountId BankAccountId { get; init; }

    public required string AccountNumber { get; init; }

    public required string AccountName { get; init; }

    public required string BankCode { get; init; }

    public required string BankName { get; init; }

    public required string? Description { get; init; }

    /// <summary>When the money usually arrives.</summary>
    public required DateTimeOffset ExpectedAt { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The transfer's reference for customers and for the payment partner.</summary>
    public string Reference => TransferReference.Of(Id);
}

/// <summary>A transfer with its status.</summary>
/// <param name="Transfer">The request.</param>
/// <param name="Status">The current status.</param>
/// <param name="BatchId">The batch that it was put into; null before.</param>
/// <param name="Reason">Why it failed or came back; null if it did not.</param>
/// <param name="EndedAt">When it was completed or failed; null before.</param>
public sealed record StoredTransfer(
    Transfer Transfer,
    TransferStatus Status,
    PaymentBatchId? BatchId,
    string? Reason,
    DateTimeOffset? EndedAt
)
{
    /// <summary>When the money of the completed transfer came back; null if it did not.</summary>
    public DateTimeOffset? ReturnedAt { get; init; }

    /// <summary>The columns that <see cref="Read"/> reads, of the tables in <see cref="Tables"/>.</summary>
    internal const string Columns = """
        t.customer_id, t.id, t.organisation_id, t.amount, t.fee, t.currency_code, t.bank_account_id, t.account_number,
        t.account_name, t.bank_code, t.bank_name, t.description, t.expected_at, t.recorded_at,
        s.status, s.batch_id, coalesce(o.reason, r.reason) as reason, o.decided_at, r.returned_at
        """;

    internal const string Tables = """
        wallet_transfer t
        join wallet_transfer_standing s on s.customer_id = t.customer_id and s.transfer_id = t.id
        left join wallet_transfer_outcome o on o.customer_id = t.customer_id and o.transfer_id = t.id
        left join wallet_transfer_return r on r.customer_id = t.customer_id and r.transfer_id = t.id
        """;

    internal static StoredTransfer Read(NpgsqlDataReader reader)
    {
        var currency = reader.Currency("currency_code");
        var transfer = new Transfer
        {
            CustomerId = reader.Id<CustomerId>("customer_id"),
            Id = reader.Id<TransferId>("id"),
            OrganisationId = reader.Id<OrganisationId>("organisation_id"),
            Amount = reader.Money("amount", currency),
            Fee = reader.Money("fee", currency),
            BankAccountId = reader.Id<BankAccountId>("bank_account_id"),
            AccountNumber = reader.Text("account_number"),
            AccountName = reader.Text("account_name"),
            BankCode = reader.Text("bank_code"),
            BankName = reader.Text("bank_name"),
            Description = reader.TextOrNull("description"),
            ExpectedAt = reader.Instant("expected_at"),
            RecordedAt = reader.Instant("recorded_at"),
        };
        return new StoredTransfer(
            transfer,
            reader.Word<TransferStatus>("status"),
            reader.IdOrNull<PaymentBatchId>("batch_id"),
            reader.TextOrNull("reason"),
            reader.InstantOrNull("decided_at")
        )
        {
            ReturnedAt = reader.InstantOrNull("returned_at"),
        };
    }
}
