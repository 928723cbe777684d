namespace Paydown.Client;

/// <summary>Money that has arrived without a report.</summary>
public sealed partial record NewRepayment
{
    /// <summary>The loan account. Any state after disbursement is accepted, closed included.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The amount that was paid: more than 0. It may exceed the total payable.</summary>
    public required decimal RepaymentAmount { get; init; }

    /// <summary>How it was paid.</summary>
    public required RepaymentMethod PaymentMethod { get; init; }

    /// <summary>
    /// When it was paid: from the day of disbursement to today. Null: today. A date or a date-time; without an offset,
    /// the organisation's local time.
    /// </summary>
    public DateOnly? PaymentDate { get; init; }

    /// <summary>The reference on the transfer or receipt. Null: the loan's own reference.</summary>
    public string? RepaymentReference { get; init; }

    /// <summary>A note for officers and the customer.</summary>
    public string? PaymentNarration { get; init; }

    /// <summary>The customer's bank account that the money came from, if known.</summary>
    public Guid? BankAccountId { get; init; }
}
