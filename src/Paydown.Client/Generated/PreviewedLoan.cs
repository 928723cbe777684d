namespace Paydown.Client;

/// <summary>A loan that a product would give, if all of it is paid out on a day.</summary>
public sealed partial record PreviewedLoan
{
    /// <summary>The principal.</summary>
    public required decimal Principal { get; init; }

    /// <summary>The currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The nominal interest rate in percent per year.</summary>
    public required decimal InterestRate { get; init; }

    /// <summary>The day of payout that the schedule assumes.</summary>
    public required DateOnly PayoutDate { get; init; }

    /// <summary>The regular installment without fees and down payment; the last one may differ.</summary>
    public required decimal InstallmentAmount { get; init; }

    /// <summary>The interest of all installments.</summary>
    public required decimal TotalInterest { get; init; }

    /// <summary>The total to repay: the sum of the schedule.</summary>
    public required decimal TotalRepaymentAmount { get; init; }

    /// <summary>What the customer receives: the principal less deducted fees.</summary>
    public required decimal AdvancedAmount { get; init; }

    /// <summary>What the customer repays beyond what they receive.</summary>
    public required decimal TotalCost { get; init; }

    /// <summary>The total cost in percent per year: actuarial method, Regulation Z, appendix J.</summary>
    public required decimal AnnualPercentageRate { get; init; }

    /// <summary>The fees.</summary>
    public required IReadOnlyList<OpenOfferFee> Fees { get; init; }

    /// <summary>The installments.</summary>
    public required IReadOnlyList<OpenOfferRow> Schedule { get; init; }
}
