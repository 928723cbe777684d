namespace Paydown.Client;

/// <summary>The definition of a product. What is null takes the server's default.</summary>
public partial record ProductDefinition
{
    /// <summary>The name, shown to customers.</summary>
    public required string Name { get; init; }

    /// <summary>What the product is for.</summary>
    public string? Description { get; init; }

    /// <summary>The product family of its loan accounts.</summary>
    public required string AccountProductName { get; init; }

    /// <summary>ISO 4217; must be the organisation's. Null: the organisation's.</summary>
    public string? CurrencyCode { get; init; }

    /// <summary>The smallest loan: more than 0.</summary>
    public required decimal MinimumAmount { get; init; }

    /// <summary>The largest loan.</summary>
    public required decimal MaximumAmount { get; init; }

    /// <summary>The smallest number of installments.</summary>
    public required int MinimumDuration { get; init; }

    /// <summary>The largest number of installments.</summary>
    public required int MaximumDuration { get; init; }

    /// <summary>The number of durationUnits between installments. Null: 1.</summary>
    public int? RepayEvery { get; init; }

    /// <summary>The unit of repayEvery. Null: MONTHS.</summary>
    public DurationUnit? DurationUnit { get; init; }

    /// <summary>
    /// The range of first due dates that can be agreed. Null: none, the first installment is due one period after
    /// payout.
    /// </summary>
    public FirstDueDateRange? FirstDueDate { get; init; }

    /// <summary>The interest rate in percent per year, unless an officer approves another.</summary>
    public required decimal InterestRate { get; init; }

    /// <summary>The rates that officers may approve, in percent per year. Null: interestRate only.</summary>
    public RateRange? InterestRateRange { get; init; }

    /// <summary>How the schedule is computed.</summary>
    public ScheduleTerms? Schedule { get; init; }

    /// <summary>The penalty for an overdue installment. Null: none.</summary>
    public OverduePenalty? OverduePenalty { get; init; }

    /// <summary>What an installment may owe without being overdue: the larger of the two. Null: nothing.</summary>
    public ArrearsTolerance? ArrearsTolerance { get; init; }

    /// <summary>Which debts a payment settles first.</summary>
    public required AllocationPolicy Allocation { get; init; }

    /// <summary>Fees for making the loan.</summary>
    public IReadOnlyList<ProductFee>? Fees { get; init; }

    /// <summary>How the loan can be repaid; at least one method.</summary>
    public required IReadOnlyList<RepaymentMethod> RepaymentMethods { get; init; }

    /// <summary>The questions that applicants must answer.</summary>
    public IReadOnlyList<OfficerQuestion>? EligibilityQuestions { get; init; }

    /// <summary>The limits that applicants must meet.</summary>
    public ProductEligibility? Eligibility { get; init; }

    /// <summary>The number of days for which an offer is valid. Null: 14.</summary>
    public int? OfferValidDays { get; init; }

    /// <summary>Whether applications with a green score are approved without an officer. Null: false.</summary>
    public bool? ApprovesAutomatically { get; init; }

    /// <summary>Whether the loan is paid out when its customer accepts the terms. Null: false.</summary>
    public bool? DisbursesAutomatically { get; init; }

    /// <summary>Loans above this amount need two officers. Null: one officer always suffices.</summary>
    public decimal? FourEyesAbove { get; init; }

    /// <summary>
    /// The largest number of disbursements of one loan; above 1, it may be paid out in tranches. Null: 1.
    /// </summary>
    public int? MaximumDisbursements { get; init; }

    /// <summary>
    /// Whether customers can apply for it. Null: a new product is open, an existing one keeps its state.
    /// </summary>
    public bool? IsOpen { get; init; }
}
