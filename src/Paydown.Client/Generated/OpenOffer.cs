namespace Paydown.Client;

/// <summary>
/// An offer that can be accepted, with its full cost if the loan is paid out today. Due dates and interest depend on
/// the day of payout, so the figures are recomputed each day. The total that the customer accepts is never exceeded.
/// </summary>
public sealed partial record OpenOffer
{
    /// <summary>The application's id.</summary>
    public required Guid LoanApplicationId { get; init; }

    /// <summary>The name of the loan product.</summary>
    public required string ProductName { get; init; }

    /// <summary>The principal that is offered.</summary>
    public required decimal OfferedAmount { get; init; }

    /// <summary>The nominal interest rate in percent per year.</summary>
    public required decimal InterestRate { get; init; }

    /// <summary>The number of installments.</summary>
    public required int LoanDuration { get; init; }

    /// <summary>The unit of loanDuration.</summary>
    public required DurationUnit DurationCounter { get; init; }

    /// <summary>The regular installment without fees and down payment; the last one may differ.</summary>
    public required decimal InstallmentAmount { get; init; }

    /// <summary>The total to repay: the sum of the schedule.</summary>
    public required decimal TotalRepaymentAmount { get; init; }

    /// <summary>The fees of the offer.</summary>
    public required IReadOnlyList<OpenOfferFee> Fees { get; init; }

    /// <summary>The instant from which the offer can no longer be accepted.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The day of payout that the schedule and all amounts assume: today.</summary>
    public required DateOnly ScheduleIfPaidOutOn { get; init; }

    /// <summary>The installments, if the whole loan is paid out on scheduleIfPaidOutOn.</summary>
    public required IReadOnlyList<OpenOfferRow> Schedule { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The total cost in percent per year: actuarial method, Regulation Z, appendix J.</summary>
    public required decimal AnnualPercentageRate { get; init; }

    /// <summary>What the customer receives: the principal less deducted fees.</summary>
    public required decimal AdvancedAmount { get; init; }

    /// <summary>What the customer repays beyond what they receive.</summary>
    public required decimal TotalCost { get; init; }
}
