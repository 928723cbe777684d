using System.Text.Json.Serialization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;

namespace Paydown.Server.Loans;

/// <summary>
/// The payload of the events about an officer's act on a loan: <c>loan.charge_applied</c>, <c>loan.debt_waived</c>,
/// <c>loan.credit_given</c>, <c>loan.overpayment_refunded</c> and <c>loan.act_undone</c>.
/// </summary>
public sealed record LoanActPayload
{
    /// <summary>The loan account.</summary>
    public required LoanId AccountId { get; init; }

    /// <summary>The loan's application; absent for a loan that was taken over without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required LoanApplicationId? LoanApplicationId { get; init; }

    /// <summary>The customer who owes the loan.</summary>
    public required CustomerId CustomerId { get; init; }

    /// <summary>The act, as the list of acts has it; of an act that is undone, that act.</summary>
    public required LoanEventId ActId { get; init; }

    /// <summary>The amount of the act.</summary>
    public required Money Amount { get; init; }

    /// <summary>The loan account's state after the change.</summary>
    public required string AccountState { get; init; }

    /// <summary>Everything outstanding after the change.</summary>
    public required Money TotalBalance { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>When the change was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    public static LoanActPayload Of(LoanChange change, LoanEventId actId, Money amount)
    {
        var loan = change.After;
        return new LoanActPayload
        {
            AccountId = loan.Id,
            LoanApplicationId = loan.ApplicationId,
            CustomerId = loan.CustomerId,
            ActId = actId,
            Amount = amount,
            AccountState = Words.Write(loan.State),
            TotalBalance = loan.Money(loan.Balance.Total),
            CurrencyCode = loan.Currency.Code,
            RecordedAt = change.ActionContext.At,
        };
    }
}

/// <summary>The payload of the event <c>loan.collector_changed</c>.</summary>
/// <param name="AccountId">The loan account.</param>
/// <param name="CustomerId">The customer who owes the loan.</param>
/// <param name="Collector">The third party that collects; null if the lender collects itself.</param>
/// <param name="RecordedAt">When the change was recorded.</param>
public sealed record CollectionPayload(
    LoanId AccountId,
    CustomerId CustomerId,
    string? Collector,
    DateTimeOffset RecordedAt
)
{
    public static CollectionPayload Of(LoanChange change) =>
        new(change.After.Id, change.After.CustomerId, change.After.Collector, change.ActionContext.At);
}
