namespace Paydown.Client;

/// <summary>The payload of the events loan.overdue and loan.current.</summary>
public sealed partial record ArrearsPayload
{
    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public Guid? LoanApplicationId { get; init; }

    /// <summary>The customer who owes the loan.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The day whose end of day has found it.</summary>
    public required DateOnly BusinessDate { get; init; }

    /// <summary>Days since the due date of the oldest unpaid installment; 0 if nothing is overdue.</summary>
    public required int DaysPastDue { get; init; }

    /// <summary>0: current; 1: 1 to 30 days; 2: 31 to 60; 3: 61 to 90; 4: 91 to 180; 5: more.</summary>
    public required int Bucket { get; init; }

    /// <summary>What is overdue.</summary>
    public required decimal OverdueAmount { get; init; }

    /// <summary>Everything outstanding.</summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
