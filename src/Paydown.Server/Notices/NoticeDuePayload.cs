using System.Text.Json.Serialization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Notices;

namespace Paydown.Server.Notices;

/// <summary>The payload of the event <c>notice.due</c>.</summary>
public sealed record NoticeDuePayload
{
    /// <summary>The loan account.</summary>
    public required LoanId AccountId { get; init; }

    /// <summary>The loan's application; absent for a loan that was taken over without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required LoanApplicationId? LoanApplicationId { get; init; }

    /// <summary>The customer who owes the loan.</summary>
    public required CustomerId CustomerId { get; init; }

    /// <summary><c>DUE_SOON</c>, <c>DUE_TODAY</c> or <c>OVERDUE</c>.</summary>
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
    public required Money AmountDue { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The reference that a transfer must carry.</summary>
    public required string PaymentReference { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    public static NoticeDuePayload Of(StoredLoan loan, Reminder reminder, DateOnly on, DateTimeOffset at) =>
        new()
        {
            AccountId = loan.Id,
            LoanApplicationId = loan.ApplicationId,
            CustomerId = loan.CustomerId,
            Kind = Words.Write(KindOf(reminder)),
            Days = Math.Abs(reminder.Days),
            NoticeDate = on,
            InstallmentNumber = reminder.Number,
            DueDate = reminder.DueOn,
            AmountDue = reminder.Amount,
            CurrencyCode = loan.Currency.Code,
            PaymentReference = loan.Reference,
            RecordedAt = at,
        };

    /// <summary>The kind of a reminder.</summary>
    public static NoticeKind KindOf(Reminder reminder) =>
        reminder.Days switch
        {
            < 0 => NoticeKind.DueSoon,
            0 => NoticeKind.DueToday,
            _ => NoticeKind.Overdue,
        };
}
