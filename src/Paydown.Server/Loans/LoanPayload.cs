using System.Text.Json.Serialization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;

namespace Paydown.Server.Loans;

/// <summary>The payload of the events about a whole loan: <c>loan.paid_off</c>, <c>loan.written_off</c>
/// and <c>loan.charged_off</c>.</summary>
public sealed record LoanPayload
{
    /// <summary>The loan account.</summary>
    public required LoanId AccountId { get; init; }

    /// <summary>The loan's application; absent for a loan that was taken over without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required LoanApplicationId? LoanApplicationId { get; init; }

    /// <summary>The customer who owes the loan.</summary>
    public required CustomerId CustomerId { get; init; }

    /// <summary>The loan account's state after the change.</summary>
    public required string AccountState { get; init; }

    /// <summary>Everything outstanding after the change.</summary>
    public required Money TotalBalance { get; init; }

    /// <summary>What is overpaid after the change.</summary>
    public required Money Overpaid { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>When the change was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    public static LoanPayload Of(LoanChange change)
    {
        var loan = change.After;
        return new LoanPayload
        {
            AccountId = loan.Id,
            LoanApplicationId = loan.ApplicationId,
            CustomerId = loan.CustomerId,
            AccountState = Words.Write(loan.State),
            TotalBalance = loan.Money(loan.Balance.Total),
            Overpaid = loan.Overpaid,
            CurrencyCode = loan.Currency.Code,
            RecordedAt = change.ActionContext.At,
        };
    }
}
