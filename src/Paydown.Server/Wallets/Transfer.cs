using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Wallets;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Wallets;

/// <summary>
/// Money that a customer sends from the wallet to a bank account: what was asked for; it never changes.
/// </summary>
public sealed record Transfer
{
    public required Guid CustomerId { get; init; }

    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>What the bank account is to get.</summary>
    public required Money Amount { get; init; }

    /// <summary>Taken from the wallet on top of the amount.</summary>
    public required Money Fee { get; init; }

    public required Guid BankAccountId { get; init; }

    public required string AccountNumber { get; init; }

    public required string AccountName { get; init; }

    public required string BankCode { get; init; }

    public required string BankName { get; init; }

    public required string? Description { get; init; }

    /// <summary>When the money is usually there.</summary>
    public required DateTimeOffset ExpectedAt { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Its name for customers and for the payment partner.</summary>
    public string Reference => TransferReference.Of(Id);
}

/// <summary>A transfer and where it stands.</summary>
/// <param name="Transfer">What was asked for.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="BatchId">The batch that it was handed over with; null before.</param>
/// <param name="Reason">Why it failed; null otherwise.</param>
/// <param name="EndedAt">When it was completed or failed; null before.</param>
public sealed record StoredTransfer(
    Transfer Transfer,
    TransferStatus Status,
    Guid? BatchId,
    string? Reason,
    DateTimeOffset? EndedAt
)
{
    /// <summary>The columns that <see cref="Read"/> reads, of the tables in <see cref="Tables"/>.</summary>
    internal const string Columns = """
        t.customer_id, t.id, t.organisation_id, t.amount, t.fee, t.currency_code, t.bank_account_id, t.account_number,
        t.account_name, t.bank_code, t.bank_name, t.description, t.expected_at, t.recorded_at,
        s.status, s.batch_id, o.reason, o.decided_at
        """;

    internal const string Tables = """
        wallet_transfer t
        join wallet_transfer_standing s on s.customer_id = t.customer_id and s.transfer_id = t.id
        left join wallet_transfer_outcome o on o.customer_id = t.customer_id and o.transfer_id = t.id
        """;

    internal static StoredTransfer Read(NpgsqlDataReader reader)
    {
        var currency = Currency.Get(reader.GetString(5));
        var transfer = new Transfer
        {
            CustomerId = reader.GetGuid(0),
            Id = reader.GetGuid(1),
            OrganisationId = reader.GetGuid(2),
            Amount = new Money(reader.GetInt64(3), currency),
            Fee = new Money(reader.GetInt64(4), currency),
            BankAccountId = reader.GetGuid(6),
            AccountNumber = reader.GetString(7),
            AccountName = reader.GetString(8),
            BankCode = reader.GetString(9),
            BankName = reader.GetString(10),
            Description = reader.IsDBNull(11) ? null : reader.GetString(11),
            ExpectedAt = reader.GetFieldValue<DateTimeOffset>(12),
            RecordedAt = reader.GetFieldValue<DateTimeOffset>(13),
        };
        return new StoredTransfer(
            transfer,
            StoredWords.Read<TransferStatus>(reader.GetString(14)),
            reader.IsDBNull(15) ? null : reader.GetGuid(15),
            reader.IsDBNull(16) ? null : reader.GetString(16),
            reader.IsDBNull(17) ? null : reader.GetFieldValue<DateTimeOffset>(17)
        );
    }
}
