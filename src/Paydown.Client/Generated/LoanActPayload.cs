namespace Paydown.Client;

/// <summary>
/// The payload of the events about an officer's act on a loan: loan.charge_applied, loan.debt_waived,
/// loan.credit_given, loan.overpayment_refunded and loan.act_undone.
/// </summary>
public sealed partial record LoanActPayload
{
    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public Guid? LoanApplicationId { get; init; }

    /// <summary>The customer who owes the loan.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The act, as the list of acts has it; of an act that is undone, that act.</summary>
    public required Guid ActId { get; init; }

    /// <summary>The amount of the act.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The loan account's state after the change.</summary>
    public required AccountState AccountState { get; init; }

    /// <summary>Everything outstanding after the change.</summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>When the change was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
