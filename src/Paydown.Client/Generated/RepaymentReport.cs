namespace Paydown.Client;

/// <summary>A repayment that the customer has already sent by bank transfer.</summary>
public sealed partial record RepaymentReport
{
    /// <summary>The amount that was sent: more than 0 and at most the total payable.</summary>
    public required decimal RepaymentAmount { get; init; }

    /// <summary>The customer's own id.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The customer's bank account that the money was sent from.</summary>
    public required Guid BankAccountId { get; init; }

    /// <summary>
    /// The reference from the repayment instructions, as written on the transfer. White space, hyphens, case and
    /// surrounding text do not matter.
    /// </summary>
    public required string RepaymentReference { get; init; }

    /// <summary>
    /// When it was paid. Null: now. A date or a date-time; without an offset, the organisation's local time.
    /// </summary>
    public DateOnly? PaymentDate { get; init; }

    /// <summary>A note for the officers.</summary>
    public string? PaymentNarration { get; init; }
}
