using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Statements;

/// <summary>The payload of the event <c>payment.unmatched</c>.</summary>
public sealed record UnmatchedPayload
{
    /// <summary>The entry of the bank statement.</summary>
    public required StatementEntryId StatementEntryId { get; init; }

    /// <summary>The lender's bank account.</summary>
    public required CollectionAccountId CollectionAccountId { get; init; }

    /// <summary>The amount that arrived.</summary>
    public required Money Amount { get; init; }

    /// <summary>The currency of the amount, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The day from which the money counts.</summary>
    public required DateOnly ValueOn { get; init; }

    /// <summary><c>UNMATCHED</c>, or <c>TO_DECIDE</c> if there are candidates.</summary>
    public required EntryState State { get; init; }

    /// <summary>Why the rules did not decide, in words.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
