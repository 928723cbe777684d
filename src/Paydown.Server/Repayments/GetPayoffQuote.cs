using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Repayments;

/// <summary>Shows the amount that closes a loan on a given day, and how long that amount holds.</summary>
public sealed class GetPayoffQuote(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
    : IUseCase
{
    private static readonly Field<Moment?> Date = Field
        .Moment("date", "The day of the payment: from today to one year ahead. Absent: today.")
        .Optional()
        .WithExample("2026-03-01");

    public static Contract Contract { get; } =
        new Contract("Show the amount that closes a loan on a day")
            .Takes(Date)
            .Returns<PayoffQuoteView>()
            .Refuses(
                Refusals.NotFound("loan application"),
                Refusals.LoanNotDisbursed("APPROVED"),
                Refusals.QuoteDateOutOfRange(Sample.Date, Sample.Date)
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var found = await ShownLoan.FindAsync(connection, call, time.GetUtcNow());
        if (found.IsRefused)
            return Answer.Refused(found.Refusal);
        var stored = found.Value;
        var today = organisation.Today(time);
        var on = call.Query.Get(Date)?.DateIn(organisation.TimeZone) ?? today;
        var quote = PayoffRules.Quote(stored.Terms, stored.Events, on, today);
        return quote.IsRefused
            ? Answer.Refused(quote.Refusal)
            : Answer.Success(PayoffQuoteView.Of(stored, quote.Value));
    }
}

/// <summary>
/// The amount that closes a loan on a day. The four component amounts add up to <see cref="TotalOwed"/>; less
/// <see cref="PendingRepayments"/>, that is <see cref="PayoffAmount"/>.
/// </summary>
public sealed record PayoffQuoteView
{
    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public required LoanApplicationId? LoanApplicationId { get; init; }

    /// <summary>The day of the payment that was asked for.</summary>
    public required DateOnly PayoffDate { get; init; }

    /// <summary>
    /// The amount to pay, and the only one that payoff-loan accepts. Once it and all pending repayments are verified,
    /// nothing is owed and nothing is overpaid.
    /// </summary>
    public required Money PayoffAmount { get; init; }

    /// <summary>The principal that the payoff settles.</summary>
    public required Money PrincipalAmount { get; init; }

    /// <summary>The interest that the payoff settles, up to the day on which the loan closes.</summary>
    public required Money InterestAmount { get; init; }

    /// <summary>The fees that the payoff settles.</summary>
    public required Money FeesAmount { get; init; }

    /// <summary>The penalties that the payoff settles.</summary>
    public required Money PenaltyAmount { get; init; }

    /// <summary>Everything owed on the payoff date, before pending repayments are subtracted.</summary>
    public required Money TotalOwed { get; init; }

    /// <summary>The sum of the loan's repayments that await verification.</summary>
    public required Money PendingRepayments { get; init; }

    /// <summary>The last day on which the amount stays the same, unless something else happens to the loan.</summary>
    public required DateOnly ValidUntil { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    public static PayoffQuoteView Of(StoredLoan stored, PayoffQuote quote) =>
        new()
        {
            LoanApplicationId = stored.ApplicationId,
            PayoffDate = quote.On,
            PayoffAmount = PayableRules.TotalPayable(quote.Total, stored.Pending),
            PrincipalAmount = stored.Money(quote.Components.Principal),
            InterestAmount = stored.Money(quote.Components.Interest),
            FeesAmount = stored.Money(quote.Components.Fees),
            PenaltyAmount = stored.Money(quote.Components.Penalty),
            TotalOwed = quote.Total,
            PendingRepayments = stored.Pending,
            ValidUntil = PayoffRules.PromisedThrough(quote),
            CurrencyCode = stored.Currency.Code,
        };
}
