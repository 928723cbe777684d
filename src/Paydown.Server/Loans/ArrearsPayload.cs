using System.Text.Json.Serialization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Loans;

/// <summary>The payload of the events <c>loan.overdue</c> and <c>loan.current</c>.</summary>
public sealed record ArrearsPayload
{
    /// <summary>The loan account.</summary>
    public required LoanId AccountId { get; init; }

    /// <summary>The loan's application; absent for a loan that was taken over without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required LoanApplicationId? LoanApplicationId { get; init; }

    /// <summary>The customer who owes the loan.</summary>
    public required CustomerId CustomerId { get; init; }

    /// <summary>The day whose end of day has found it.</summary>
    public required DateOnly BusinessDate { get; init; }

    /// <summary>Days since the due date of the oldest unpaid installment; 0 if nothing is overdue.</summary>
    public required int DaysPastDue { get; init; }

    /// <summary>0: current; 1: 1 to 30 days; 2: 31 to 60; 3: 61 to 90; 4: 91 to 180; 5: more.</summary>
    public required int Bucket { get; init; }

    /// <summary>What is overdue.</summary>
    public required Money OverdueAmount { get; init; }

    /// <summary>Everything outstanding.</summary>
    public required Money TotalBalance { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    public static ArrearsPayload Of(LoanChange change, int daysPastDue)
    {
        var (loan, state) = (change.After, change.State);
        var overdue = state.Installments.Where(installment => installment.DueOn < state.AsOf);
        return new ArrearsPayload
        {
            AccountId = loan.Id,
            LoanApplicationId = loan.ApplicationId,
            CustomerId = loan.CustomerId,
            BusinessDate = state.AsOf,
            DaysPastDue = daysPastDue,
            Bucket = loan.Standing.Bucket,
            OverdueAmount = loan.Money(overdue.Sum(installment => installment.Outstanding.Total)),
            TotalBalance = loan.Money(state.Outstanding.Total),
            CurrencyCode = loan.Currency.Code,
            RecordedAt = change.ActionContext.At,
        };
    }
}
