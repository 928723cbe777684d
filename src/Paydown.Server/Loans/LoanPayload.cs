using System.Text.Json;
using System.Text.Json.Serialization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>The payload of the events about a whole loan: <c>loan.paid_off</c> and <c>loan.written_off</c>.</summary>
public sealed record LoanPayload
{
    public required Guid AccountId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required Guid? LoanApplicationId { get; init; }

    public required Guid CustomerId { get; init; }

    public required string AccountState { get; init; }

    public required Money TotalBalance { get; init; }

    public required Money Overpaid { get; init; }

    public required string CurrencyCode { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public static byte[] Of(LoanChange change)
    {
        var loan = change.After;
        return JsonSerializer.SerializeToUtf8Bytes(
            new LoanPayload
            {
                AccountId = loan.Id,
                LoanApplicationId = loan.ApplicationId,
                CustomerId = loan.CustomerId,
                AccountState = Words.Write(loan.State),
                TotalBalance = loan.Money(loan.Balance.Total),
                Overpaid = loan.Money(loan.OverpaidMinor),
                CurrencyCode = loan.Currency.Code,
                RecordedAt = change.ActionContext.At,
            },
            Wire.Options
        );
    }
}
