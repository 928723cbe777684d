using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Products;

/// <summary>Lists the products that customers can apply for.</summary>
public sealed class ListProducts(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the products that can be applied for").Returns<IReadOnlyList<ProductOffer>>();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var stored = await ProductStore.ListOpenAsync(connection, call.Caller.OrganisationId, call.Cancellation);
        return Answer.Success(stored.Select(ProductOffer.Of).ToList());
    }
}

/// <summary>A product that customers can apply for.</summary>
public sealed record ProductOffer
{
    /// <summary>The product's id.</summary>
    public required ProductId Id { get; init; }

    /// <summary>The product's name.</summary>
    public required string Name { get; init; }

    /// <summary>What the product is for; may be empty.</summary>
    public required string Description { get; init; }

    /// <summary>The currency of its loans, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The smallest loan.</summary>
    public required Money MinimumAmount { get; init; }

    /// <summary>The largest loan.</summary>
    public required Money MaximumAmount { get; init; }

    /// <summary>The smallest number of installments.</summary>
    public required int MinimumDuration { get; init; }

    /// <summary>The largest number of installments.</summary>
    public required int MaximumDuration { get; init; }

    /// <summary>The unit of repayEvery.</summary>
    public required PeriodUnit DurationUnit { get; init; }

    /// <summary>The interest rate in percent per year.</summary>
    public required decimal InterestRate { get; init; }

    /// <summary>How interest is computed.</summary>
    public required InterestMethod InterestMethod { get; init; }

    /// <summary>The fees for making the loan.</summary>
    public required IReadOnlyList<FeeView> Fees { get; init; }

    /// <summary>How the loan can be repaid.</summary>
    public required IReadOnlyList<string> RepaymentMethods { get; init; }

    /// <summary>
    /// The range of first due dates that can be agreed. Null if none can: the first installment is then due one period
    /// after payout.
    /// </summary>
    public required FirstDueDateRange? FirstDueDate { get; init; }

    /// <summary>The number of durationUnits between installments.</summary>
    public required int RepayEvery { get; init; }

    internal static ProductOffer Of(StoredProduct stored)
    {
        var product = stored.Product;
        return new()
        {
            Id = product.Id,
            Name = product.Name,
            Description = product.Description,
            CurrencyCode = product.Currency.Code,
            MinimumAmount = product.AmountMin,
            MaximumAmount = product.AmountMax,
            MinimumDuration = product.DurationMin,
            MaximumDuration = product.DurationMax,
            DurationUnit = product.DurationUnit,
            InterestRate = product.AnnualRatePercent,
            InterestMethod = product.Schedule.InterestMethod,
            Fees = FeeView.Of(product),
            RepaymentMethods = [.. product.RepaymentMethods.Select(Words.Write)],
            FirstDueDate = FirstDueDateRange.Of(product),
            RepayEvery = product.RepayEvery,
        };
    }
}
