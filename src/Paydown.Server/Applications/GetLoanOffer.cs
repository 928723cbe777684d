using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Terms;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;
using Paydown.Server.Products;

namespace Paydown.Server.Applications;

/// <summary>Lists the offers that a customer can accept now, newest first.</summary>
public sealed class GetLoanOffer(NpgsqlDataSource database, OrganisationDirectory organisations) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the offers that can be accepted").Returns<IReadOnlyList<OpenOffer>>();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var context = await organisations.ContextAsync(call);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var stored = await ApplicationStore.ListOfferedAsync(
            connection,
            call.Caller.CustomerId,
            context.At,
            call.Cancellation
        );
        return Answer.Success(stored.Select(stored => OpenOffer.Of(stored, context.Today)).ToList());
    }
}

/// <summary>
/// An offer that can be accepted, with its full cost if the loan is paid out today. Due dates and interest depend on
/// the day of payout, so the figures are recomputed each day. The total that the customer accepts is never exceeded.
/// </summary>
public sealed record OpenOffer
{
    /// <summary>The application's id.</summary>
    public required LoanApplicationId LoanApplicationId { get; init; }

    /// <summary>The name of the loan product.</summary>
    public required string ProductName { get; init; }

    /// <summary>The principal that is offered.</summary>
    public required Money OfferedAmount { get; init; }

    /// <summary>The nominal interest rate in percent per year.</summary>
    public required decimal InterestRate { get; init; }

    /// <summary>The number of installments.</summary>
    public required int LoanDuration { get; init; }

    /// <summary>The unit of loanDuration.</summary>
    public required PeriodUnit DurationCounter { get; init; }

    /// <summary>The regular installment without fees and down payment; the last one may differ.</summary>
    public required Money InstallmentAmount { get; init; }

    /// <summary>The total to repay: the sum of the schedule.</summary>
    public required Money TotalRepaymentAmount { get; init; }

    /// <summary>The fees of the offer.</summary>
    public required IReadOnlyList<OpenOfferFee> Fees { get; init; }

    /// <summary>The instant from which the offer can no longer be accepted.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The day of payout that the schedule and all amounts assume: today.</summary>
    public required DateOnly ScheduleIfPaidOutOn { get; init; }

    /// <summary>The installments, if the whole loan is paid out on scheduleIfPaidOutOn.</summary>
    public required IReadOnlyList<OpenOfferRow> Schedule { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The total cost in percent per year: actuarial method, Regulation Z, appendix J.</summary>
    public required decimal AnnualPercentageRate { get; init; }

    /// <summary>What the customer receives: the principal less deducted fees.</summary>
    public required Money AdvancedAmount { get; init; }

    /// <summary>What the customer repays beyond what they receive.</summary>
    public required Money TotalCost { get; init; }

    public static OpenOffer Of(StoredApplication stored, DateOnly today)
    {
        var (sent, offer) = (stored.Offer!, stored.Offer!.ToOffer(today));
        return new OpenOffer
        {
            LoanApplicationId = stored.Id,
            ProductName = stored.Product.Name,
            OfferedAmount = sent.Terms.Principal,
            InterestRate = sent.Terms.AnnualRatePercent,
            LoanDuration = sent.Terms.NumberOfInstallments,
            DurationCounter = sent.Terms.RepayUnit,
            InstallmentAmount = offer.Installment,
            TotalRepaymentAmount = offer.TotalRepayment,
            Fees = [.. sent.Fees.Select(fee => new OpenOfferFee(fee.Name, fee.Amount, fee.Charged))],
            ExpiresAt = sent.ExpiresAt,
            ScheduleIfPaidOutOn = offer.IfPaidOutOn,
            Schedule = [.. offer.Schedule.Select(row => OpenOfferRow.Of(row, stored.Currency))],
            CurrencyCode = stored.Currency.Code,
            AnnualPercentageRate = offer.AnnualPercentageRate,
            AdvancedAmount = offer.Advanced,
            TotalCost = offer.TotalCost,
        };
    }
}
