using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Applications;

/// <summary>Lists the offers that a customer can answer now, newest first.</summary>
public sealed class GetLoanOffer(NpgsqlDataSource database, OrganisationDirectory organisations)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var context = await organisations.ContextAsync(call);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var stored = await ApplicationStore.ListOfferedAsync(
            connection,
            call.Caller.UserId,
            context.At,
            call.Cancellation
        );
        return Answer.Success(stored.Select(stored => OpenOffer.Of(stored, context.Today)).ToList());
    }
}

/// <summary>
/// An offer that can be accepted, with all that it costs if the loan is paid out today. Due dates and interest depend
/// on the day of payout, so the figures are computed anew each day; what the customer accepts is never exceeded.
/// </summary>
public sealed record OpenOffer
{
    public required Guid LoanApplicationId { get; init; }
    public required string ProductName { get; init; }
    public required Money OfferedAmount { get; init; }

    /// <summary>Percent a year, nominal.</summary>
    public required decimal InterestRate { get; init; }

    /// <summary>How many installments.</summary>
    public required int LoanDuration { get; init; }

    /// <summary>The unit of <see cref="LoanDuration"/>.</summary>
    public required PeriodUnit DurationCounter { get; init; }

    /// <summary>The regular installment, without fees and down payment; the last one may differ.</summary>
    public required Money InstallmentAmount { get; init; }

    /// <summary>All that is paid back: the sum of <see cref="Schedule"/>.</summary>
    public required Money TotalRepaymentAmount { get; init; }
    public required IReadOnlyList<OpenOfferFee> Fees { get; init; }

    /// <summary>From this instant on it can be accepted no longer.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The day of payout that the schedule, and every amount here, assumes: today.</summary>
    public required DateOnly ScheduleIfPaidOutOn { get; init; }

    /// <summary>The installments if the whole loan is paid out on <see cref="ScheduleIfPaidOutOn"/>.</summary>
    public required IReadOnlyList<OpenOfferRow> Schedule { get; init; }
    public required string CurrencyCode { get; init; }

    /// <summary>Percent a year of all that it costs: actuarial method, Regulation Z, appendix J.</summary>
    public required decimal AnnualPercentageRate { get; init; }

    /// <summary>What the customer gets: the amount less the fees that are kept back.</summary>
    public required Money AdvancedAmount { get; init; }

    /// <summary>What is paid back beyond what the customer gets.</summary>
    public required Money TotalCost { get; init; }

    public static OpenOffer Example { get; } =
        Of(ApplicationExamples.Offered, ApplicationExamples.Offered.Offer!.Terms.SubmittedOn);

    public static OpenOffer Of(StoredApplication stored, DateOnly today)
    {
        var (sent, offer) = (stored.Offer!, stored.Offer!.ToOffer(today));
        return new OpenOffer
        {
            LoanApplicationId = stored.Id,
            ProductName = stored.Product.Name,
            OfferedAmount = stored.Money(sent.Terms.PrincipalMinor),
            InterestRate = sent.Terms.AnnualRatePercent,
            LoanDuration = sent.Terms.NumberOfInstallments,
            DurationCounter = sent.Terms.RepayUnit,
            InstallmentAmount = stored.Money(offer.InstallmentMinor),
            TotalRepaymentAmount = stored.Money(offer.TotalRepaymentMinor),
            Fees = [.. sent.Fees.Select(fee => new OpenOfferFee(fee.Name, stored.Money(fee.AmountMinor), fee.Charged))],
            ExpiresAt = sent.ExpiresAt,
            ScheduleIfPaidOutOn = offer.IfPaidOutOn,
            Schedule = [.. offer.Schedule.Select(row => OpenOfferRow.Of(row, stored))],
            CurrencyCode = stored.Currency.Code,
            AnnualPercentageRate = offer.AnnualPercentageRate,
            AdvancedAmount = stored.Money(offer.AdvancedMinor),
            TotalCost = stored.Money(offer.TotalCostMinor),
        };
    }
}

/// <summary>A fee of an offer: kept back, or added to the first installment.</summary>
public sealed record OpenOfferFee(string Name, Money Amount, FeeCharged Charged);

/// <summary>An installment of an offer.</summary>
public sealed record OpenOfferRow(
    int InstallmentNumber,
    DateOnly DueDate,
    Money InstallmentAmount,
    Money PrincipalAmount,
    Money InterestAmount,
    Money FeesAmount,
    Money PrincipalBalance,
    bool IsDownPayment
)
{
    public static OpenOfferRow Of(Installment row, StoredApplication stored) =>
        new(
            row.Number,
            row.DueOn,
            stored.Money(row.Due.Total),
            stored.Money(row.Due.Principal),
            stored.Money(row.Due.Interest),
            stored.Money(row.Due.Fees),
            stored.Money(row.PrincipalBalanceMinor),
            row.IsDownPayment
        );
}
