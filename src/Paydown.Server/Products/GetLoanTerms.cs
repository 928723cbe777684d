using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Products;

/// <summary>
/// Shows on what terms an organisation lends: its terms and conditions, and those of its open products.
/// </summary>
public sealed class GetLoanTerms(NpgsqlDataSource database)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var id = call.PathId("organisationId");
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

/// <summary>On what terms an organisation lends, with an entry for each open product, by name.</summary>
public sealed record OrganisationTerms
{
    public required Guid OrganisationId { get; init; }

    public required string TermsAndConditions { get; init; }

    /// <summary>Over all open products, in percent a year; null where none is open.</summary>
    public required RateRange? InterestRateRange { get; init; }

    public required FeeStructure FeeStructure { get; init; }

    public required RepaymentTerms RepaymentTerms { get; init; }

    public required EligibilityCriteria EligibilityCriteria { get; init; }

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
public sealed record FeeStructure(IReadOnlyList<FeesOfProduct> Products);

/// <summary>How the open products are paid back.</summary>
public sealed record RepaymentTerms(IReadOnlyList<RepaymentOfProduct> Products);

/// <summary>Who may have the open products.</summary>
public sealed record EligibilityCriteria(IReadOnlyList<EligibilityOfProduct> Products);

/// <summary>The fees of a product.</summary>
public sealed record FeesOfProduct(Guid ProductId, string ProductName, IReadOnlyList<FeeView> Fees);

/// <summary>How a product is paid back; durations are counted in installments.</summary>
public sealed record RepaymentOfProduct(
    Guid ProductId,
    string ProductName,
    int MinimumDuration,
    int MaximumDuration,
    PeriodUnit DurationUnit,
    int RepayEvery,
    InterestMethod InterestMethod,
    IReadOnlyList<string> RepaymentMethods,
    OverduePenalty? OverduePenalty
);

/// <summary>Who may have a product.</summary>
public sealed record EligibilityOfProduct(Guid ProductId, string ProductName, EligibilityView Eligibility);
