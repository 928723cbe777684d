using Npgsql;
using Paydown.Lending;
using Paydown.Lending.Applications;
using Paydown.Lending.Loans;
using Paydown.Lending.Products;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Applications;

/// <summary>Lists the offers that a customer can answer now, newest first.</summary>
public sealed class GetLoanOffer(NpgsqlDataSource database, TimeProvider time)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var files = await ApplicationStore.ListOfferedAsync(
            connection, call.Caller.UserId, time.GetUtcNow(), call.Cancellation);
        return Answer.Success(files.Select(OpenOffer.Of).ToList());
    }
}

/// <summary>An offer that can be accepted, with all that it costs.</summary>
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

    /// <summary>The largest installment, without fees and down payment.</summary>
    public required Money InstallmentAmount { get; init; }

    /// <summary>All that is paid back.</summary>
    public required Money TotalRepaymentAmount { get; init; }
    public required IReadOnlyList<OpenOfferFee> Fees { get; init; }

    /// <summary>From this instant on it can be accepted no longer.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>As it is where the loan is paid out, whole, on the day of the offer.</summary>
    public required IReadOnlyList<OpenOfferRow> Schedule { get; init; }
    public required string CurrencyCode { get; init; }

    /// <summary>Percent a year of all that it costs: actuarial method, Regulation Z, appendix J.</summary>
    public required decimal AnnualPercentageRate { get; init; }

    /// <summary>What the customer gets: the amount less the fees that are kept back.</summary>
    public required Money AdvancedAmount { get; init; }

    /// <summary>What is paid back beyond what the customer gets.</summary>
    public required Money TotalCost { get; init; }

    public static OpenOffer Example { get; } = Of(ApplicationExamples.Offered);

    public static OpenOffer Of(ApplicationFile file)
    {
        var (sent, offer) = (file.Offer!, file.Offer!.ToOffer());
        return new OpenOffer
        {
            LoanApplicationId = file.Id,
            ProductName = file.Product.Name,
            OfferedAmount = file.Money(sent.Terms.PrincipalMinor),
            InterestRate = sent.Terms.AnnualRatePercent,
            LoanDuration = sent.Terms.NumberOfInstallments,
            DurationCounter = sent.Terms.RepayUnit,
            InstallmentAmount = file.Money(offer.InstallmentMinor),
            TotalRepaymentAmount = file.Money(sent.TotalRepaymentMinor),
            Fees = [.. sent.Fees.Select(fee => new OpenOfferFee(fee.Name, file.Money(fee.AmountMinor), fee.Charged))],
            ExpiresAt = sent.ExpiresAt,
            Schedule = [.. offer.Schedule.Select(row => OpenOfferRow.Of(row, file))],
            CurrencyCode = file.Currency.Code,
            AnnualPercentageRate = sent.AnnualPercentageRate,
            AdvancedAmount = file.Money(offer.AdvancedMinor),
            TotalCost = file.Money(offer.TotalCostMinor),
        };
    }
}

/// <summary>A fee of an offer: kept back, or added to the first installment.</summary>
public sealed record OpenOfferFee(string Name, Money Amount, FeeCharged Charged);

/// <summary>An installment of an offer.</summary>
public sealed record OpenOfferRow(
    int InstallmentNumber, DateOnly DueDate, Money InstallmentAmount, Money PrincipalAmount, Money InterestAmount,
    Money FeesAmount, Money PrincipalBalance, bool IsDownPayment)
{
    public static OpenOfferRow Of(Installment row, ApplicationFile file) => new(
        row.Number, row.DueOn, file.Money(row.Due.Total), file.Money(row.Due.Principal),
        file.Money(row.Due.Interest), file.Money(row.Due.Fees), file.Money(row.PrincipalBalanceMinor),
        row.IsDownPayment);
}
