using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Products;

/// <summary>Lists what can be applied for.</summary>
public sealed class ListProducts(NpgsqlDataSource database)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var stored = await ProductStore.ListOpenAsync(connection, call.Caller.OrganisationId, call.Cancellation);
        return Answer.Success(stored.Select(ProductOffer.Of).ToList());
    }
}

/// <summary>A product as who may apply for it sees it.</summary>
public sealed record ProductOffer
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required string CurrencyCode { get; init; }

    public required Money MinimumAmount { get; init; }

    public required Money MaximumAmount { get; init; }

    public required int MinimumDuration { get; init; }

    public required int MaximumDuration { get; init; }

    public required PeriodUnit DurationUnit { get; init; }

    public required decimal InterestRate { get; init; }

    public required InterestMethod InterestMethod { get; init; }

    public required IReadOnlyList<FeeView> Fees { get; init; }

    public required IReadOnlyList<string> RepaymentMethods { get; init; }

    /// <summary>Which first due dates can be agreed; null: none, it is one period after payout.</summary>
    public required FirstDueDateRange? FirstDueDate { get; init; }

    /// <summary>An installment falls due every so many <see cref="DurationUnit"/>.</summary>
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
            MinimumAmount = new(product.AmountMinMinor, product.Currency),
            MaximumAmount = new(product.AmountMaxMinor, product.Currency),
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
