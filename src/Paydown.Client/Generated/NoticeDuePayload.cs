namespace Paydown.Client;

/// <summary>The payload of the event notice.due.</summary>
public sealed partial record NoticeDuePayload
{
    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public Guid? LoanApplicationId { get; init; }

    /// <summary>The customer who owes the loan.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>DUE_SOON, DUE_TODAY or OVERDUE.</summary>
    public required string Kind { get; init; }

    /// <summary>Which reminder of the kind: days from the due date; 0 on it.</summary>
    public required int Days { get; init; }

    /// <summary>The day on which the customer is to read it.</summary>
    public required DateOnly NoticeDate { get; init; }

    /// <summary>The number of the installment.</summary>
    public required int InstallmentNumber { get; init; }

    /// <summary>Its due date.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>What is due on this date, without repayments that await verification.</summary>
    public required decimal AmountDue { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The reference that a transfer must carry.</summary>
    public required string PaymentReference { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
