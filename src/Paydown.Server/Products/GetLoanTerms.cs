using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Products;

/// <summary>
/// Shows the terms on which an organisation lends: its terms and conditions, and those of its open products.
/// </summary>
public sealed class GetLoanTerms(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show the terms on which the organisation lends")
            .Returns<OrganisationTerms>()
            .Refuses(Refusals.NotFound("organisation"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var id = call.Path(ProductRoutes.OrganisationId);
        if (id != call.Caller.OrganisationId)
            return Answer.Refused(Refusals.NotFound("organisation"));
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var settings = await OrganisationStore.FindSettingsAsync(connection, id, call.Cancellation);
        var products = await ProductStore.ListOpenAsync(connection, id, call.Cancellation);
        return settings is null
            ? Answer.Refused(Refusals.NotFound("organisation"))
            : Answer.Success(OrganisationTerms.Of(settings, products));
    }
}

/// <summary>The terms on which an organisation lends. Lists have one entry per open product, ordered by name.</summary>
public sealed record OrganisationTerms
{
    /// <summary>The organisation's id.</summary>
    public required OrganisationId OrganisationId { get; init; }

    /// <summary>The text that customers accept before a loan is paid out.</summary>
    public required string TermsAndConditions { get; init; }

    /// <summary>The range over all open products, in percent per year; null if no product is open.</summary>
    public required RateRange? InterestRateRange { get; init; }

    /// <summary>The fees of the open products.</summary>
    public required FeeStructure FeeStructure { get; init; }

    /// <summary>How loans of the open products are repaid.</summary>
    public required RepaymentTerms RepaymentTerms { get; init; }

    /// <summary>Who is eligible for the open products.</summary>
    public required EligibilityCriteria EligibilityCriteria { get; init; }

    /// <summary>When any of these terms last changed.</summary>
    public required DateTimeOffset LastUpdated { get; init; }

    internal static OrganisationTerms Of(OrganisationSettings settings, IReadOnlyList<StoredProduct> stored)
    {
        var products = stored.Select(stored => stored.Product).ToList();
        return new()
        {
            OrganisationId = settings.Id,
            TermsAndConditions = settings.TermsAndConditions,
            InterestRateRange =
                products.Count == 0
                    ? null
                    : new(products.Min(one => one.AnnualRatePercentMin), products.Max(one => one.AnnualRatePercentMax)),
            FeeStructure = new([.. products.Select(one => new FeesOfProduct(one.Id, one.Name, FeeView.Of(one)))]),
            RepaymentTerms = new([
                .. products.Select(one => new RepaymentOfProduct(
                    one.Id,
                    one.Name,
                    one.DurationMin,
                    one.DurationMax,
                    one.DurationUnit,
                    one.RepayEvery,
                    one.Schedule.InterestMethod,
                    [.. one.RepaymentMethods.Select(Words.Write)],
                    one.OverduePenalty
                )),
            ]),
            EligibilityCriteria = new([
                .. products.Select(one => new EligibilityOfProduct(one.Id, one.Name, EligibilityView.Of(one))),
            ]),
            LastUpdated = stored
                .Select(stored => stored.RecordedAt)
                .Append(settings.TermsUpdatedAt ?? settings.RecordedAt)
                .Max(),
        };
    }
}

/// <summary>The fees of the open products.</summary>
/// <param name="Products">One entry per open product.</param>
public sealed record FeeStructure(IReadOnlyList<FeesOfProduct> Products);

/// <summary>How loans of the open products are repaid.</summary>
/// <param name="Products">One entry per open product.</param>
public sealed record RepaymentTerms(IReadOnlyList<RepaymentOfProduct> Products);

/// <summary>Who is eligible for the open products.</summary>
/// <param name="Products">One entry per open product.</param>
public sealed record EligibilityCriteria(IReadOnlyList<EligibilityOfProduct> Products);

/// <summary>The fees of one product.</summary>
/// <param name="ProductId">The product's id.</param>
/// <param name="ProductName">The product's name.</param>
/// <param name="Fees">The fees, in the order in which they are listed.</param>
public sealed record FeesOfProduct(ProductId ProductId, string ProductName, IReadOnlyList<FeeView> Fees);

/// <summary>How loans of one product are repaid.</summary>
/// <param name="ProductId">The product's id.</param>
/// <param name="ProductName">The product's name.</param>
/// <param name="MinimumDuration">The smallest number of installments.</param>
/// <param name="MaximumDuration">The largest number of installments.</param>
/// <param name="DurationUnit">The unit of repayEvery.</param>
/// <param name="RepayEvery">The number of durationUnits between installments.</param>
/// <param name="InterestMethod">How interest is computed.</param>
/// <param name="RepaymentMethods">How the loan can be repaid.</param>
/// <param name="OverduePenalty">The penalty for an overdue installment; null if there is none.</param>
public sealed record RepaymentOfProduct(
    ProductId ProductId,
    string ProductName,
    int MinimumDuration,
    int MaximumDuration,
    PeriodUnit DurationUnit,
    int RepayEvery,
    InterestMethod InterestMethod,
    IReadOnlyList<string> RepaymentMethods,
    OverduePenalty? OverduePenalty
);

/// <summary>Who is eligible for one product.</summary>
/// <param name="ProductId">The product's id.</param>
/// <param name="ProductName">The product's name.</param>
/// <param name="Eligibility">The limits that applicants must meet.</param>
public sealed record EligibilityOfProduct(ProductId ProductId, string ProductName, EligibilityView Eligibility);
