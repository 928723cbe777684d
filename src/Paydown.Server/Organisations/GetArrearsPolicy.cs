using Npgsql;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Organisations;

/// <summary>Shows how an organisation counts arrears, and what it expects to lose.</summary>
public sealed class GetArrearsPolicy(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show how arrears are counted and losses provided for")
            .Returns<ArrearsPolicyView>()
            .Refuses(Refusals.NotFound("organisation"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var rules = await OrganisationStore.FindDayRulesAsync(
            connection,
            call.Caller.OrganisationId,
            forUpdate: false,
            call.Cancellation
        );
        return rules is null
            ? Answer.Refused(Refusals.NotFound("organisation"))
            : Answer.Success(ArrearsPolicyView.Of(rules));
    }
}

/// <summary>How an organisation counts arrears, and what it expects to lose.</summary>
public sealed record ArrearsPolicyView
{
    /// <summary>Grows with each change of the policy and of <c>accrualPosting</c>, starting with 1.</summary>
    public required int Version { get; init; }

    /// <summary>
    /// The last day past due of each bucket but the last, in ascending order, for example 30, 60, 90.
    /// </summary>
    public required IReadOnlyList<int> Buckets { get; init; }

    /// <summary>
    /// Days past due after which earned interest is kept in suspense until it is paid; null: it always is income.
    /// </summary>
    public required int? NonAccrualAfterDays { get; init; }

    /// <summary>
    /// What is expected to be lost, in percent of principal and accrued interest: of current loans, then of each
    /// bucket. Null: nothing is set aside.
    /// </summary>
    public required IReadOnlyList<decimal>? ProvisionRates { get; init; }

    internal static ArrearsPolicyView Of(DayRules rules) =>
        new()
        {
            Version = rules.Version,
            Buckets = [.. rules.Arrears.BucketsFrom.Skip(1).Select(first => first - 1)],
            NonAccrualAfterDays = rules.Accrual.SuspendedAfterDays,
            ProvisionRates = rules.Provisions?.BasisPoints.Select(rate => rate / 100m).ToList(),
        };
}
