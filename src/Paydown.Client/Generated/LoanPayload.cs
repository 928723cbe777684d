namespace Paydown.Client;

/// <summary>
/// The payload of the events about a whole loan: loan.paid_off, loan.written_off and loan.charged_off.
/// </summary>
public sealed partial record LoanPayload
{
    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public Guid? LoanApplicationId { get; init; }

    /// <summary>The customer who owes the loan.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The loan account's state after the change.</summary>
    public required AccountState AccountState { get; init; }

    /// <summary>Everything outstanding after the change.</summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>What is overpaid after the change.</summary>
    public required decimal Overpaid { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>When the change was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
