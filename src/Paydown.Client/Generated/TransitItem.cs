namespace Paydown.Client;

/// <summary>Money that only the ledger or only the balance of the bank has.</summary>
public sealed partial record TransitItem
{
    /// <summary>Who has it.</summary>
    public required TransitSide Side { get; init; }

    /// <summary>What it is.</summary>
    public required TransitKind Kind { get; init; }

    /// <summary>Positive for money in, negative for money out.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The currency of the amount, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The effective date of its booking, or the booking date of its bank entry.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The bank entry; null if there is none.</summary>
    public required Guid? EntryId { get; init; }

    /// <summary>The name of the other side of the bank entry; null if unknown.</summary>
    public required string? CounterpartyName { get; init; }

    /// <summary>The customer; null if it concerns none.</summary>
    public required Guid? CustomerId { get; init; }

    /// <summary>The customer's first and last name; null if it concerns none.</summary>
    public required string? CustomerName { get; init; }

    /// <summary>The loan account; null if it concerns none.</summary>
    public required Guid? AccountId { get; init; }

    /// <summary>The repayment; null if it is none.</summary>
    public required Guid? RepaymentId { get; init; }

    /// <summary>The kind of its first entry in the journal; null for what is not booked.</summary>
    public required JournalEntryKind? BookedAs { get; init; }
}
