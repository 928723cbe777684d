using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Repayments;

/// <summary>Shows what closes a loan on a day, and until when that is so.</summary>
public sealed class GetPayoffQuote(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
{
    public static IReadOnlyList<Field> QueryFields { get; } =
    [
        Field.Moment("date", "The day of the payment, from today to a year ahead; absent: today.").Optional() with
        {
            Example = "2026-03-01",
        },
    ];

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var found = await ShownLoan.FindAsync(connection, call, time.GetUtcNow());
        if (found.IsRefused)
            return Answer.Refused(found.Refusal);
        var stored = found.Value;
        var today = organisation.Today(time);
        var on = call.Query.MomentOrNull("date")?.DateIn(organisation.TimeZone) ?? today;
        var quote = PayoffRules.Quote(stored.Terms, stored.Events, on, today);
        return quote.IsRefused
            ? Answer.Refused(quote.Refusal)
            : Answer.Success(PayoffQuoteView.Of(stored, quote.Value));
    }
}

/// <summary>
/// A payoff quote. The four parts add up to the total owed; that less the pending repayments is the payoff amount.
/// </summary>
public sealed record PayoffQuoteView
{
    public required Guid? LoanApplicationId { get; init; }

    /// <summary>The day of the payment.</summary>
    public required DateOnly PayoffDate { get; init; }

    /// <summary>
    /// What to pay: payoff-loan accepts exactly this, and once all is verified nothing is owed and nothing overpaid.
    /// </summary>
    public required Money PayoffAmount { get; init; }
    public required Money PrincipalAmount { get; init; }
    public required Money InterestAmount { get; init; }
    public required Money FeesAmount { get; init; }
    public required Money PenaltyAmount { get; init; }
    public required Money TotalOwed { get; init; }

    /// <summary>Reported on this loan and not decided.</summary>
    public required Money PendingRepayments { get; init; }

    /// <summary>The last day on which the amount is the same, unless something else happens to the loan.</summary>
    public required DateOnly ValidUntil { get; init; }
    public required string CurrencyCode { get; init; }

    public static PayoffQuoteView Example { get; } =
        new()
        {
            LoanApplicationId = Guid.Parse("01957ad2-7c00-7000-8000-00000000a001"),
            PayoffDate = new DateOnly(2026, 3, 1),
            PayoffAmount = Money.FromMajor(624_080.38m, Currency.Get("NGN")),
            PrincipalAmount = Money.FromMajor(555_265.42m, Currency.Get("NGN")),
            InterestAmount = Money.FromMajor(68_814.96m, Currency.Get("NGN")),
            FeesAmount = Money.Zero(Currency.Get("NGN")),
            PenaltyAmount = Money.Zero(Currency.Get("NGN")),
            TotalOwed = Money.FromMajor(624_080.38m, Currency.Get("NGN")),
            PendingRepayments = Money.Zero(Currency.Get("NGN")),
            ValidUntil = new DateOnly(2026, 3, 31),
            CurrencyCode = "NGN",
        };

    public static PayoffQuoteView Of(StoredLoan stored, PayoffQuote quote) =>
        new()
        {
            LoanApplicationId = stored.ApplicationId,
            PayoffDate = quote.On,
            PayoffAmount = stored.Money(PayableRules.TotalPayable(quote.TotalMinor, stored.PendingMinor)),
            PrincipalAmount = stored.Money(quote.Components.Principal),
            InterestAmount = stored.Money(quote.Components.Interest),
            FeesAmount = stored.Money(quote.Components.Fees),
            PenaltyAmount = stored.Money(quote.Components.Penalty),
            TotalOwed = stored.Money(quote.TotalMinor),
            PendingRepayments = stored.Money(stored.PendingMinor),
            ValidUntil = PayoffRules.PromisedThrough(quote),
            CurrencyCode = stored.Currency.Code,
        };
}
