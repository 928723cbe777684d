using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Organisations;

/// <summary>
/// A manager replaces the policy of arrears. Every open loan follows it at the next end of day, which books the
/// difference.
/// </summary>
public sealed class ChangeArrearsPolicy(SingleWrites writes, Ids ids) : IUseCase
{
    private const int BucketsMax = 10;

    // Ten years.
    private const int DaysMax = 3_650;

    private static readonly Field<int> Version = Field.Integer(
        "version",
        "The version that the change is based on. Refused if it is not the current one.",
        1,
        int.MaxValue
    );
    private static readonly Field<IReadOnlyList<int>> Buckets = Field
        .Values(
            "buckets",
            "The last day past due of each bucket but the last, in ascending order.",
            BucketsMax,
            Field.Integer("day", "", 1, DaysMax)
        )
        .WithExample(new[] { 30, 60, 90, 180 });
    private static readonly Field<int?> NonAccrualAfterDays = Field
        .Integer(
            "nonAccrualAfterDays",
            "Days past due after which earned interest is in suspense. Null: never.",
            1,
            DaysMax
        )
        .Optional()
        .WithExample(90);
    private static readonly Field<IReadOnlyList<decimal>?> ProvisionRates = Field
        .Values(
            "provisionRates",
            "In percent: of current loans, then of each bucket. Null: nothing is set aside.",
            BucketsMax + 2,
            Field.Rate("rate", "", 0, 100)
        )
        .Optional()
        .WithExample(new[] { 1m, 5m, 20m, 50m, 75m, 100m });

    public static Contract Contract { get; } =
        new Contract("Change how arrears are counted and losses provided for")
            .Reads([Version, Buckets, .. Field.SpelledOut([NonAccrualAfterDays, ProvisionRates])])
            .Returns<ArrearsPolicyView>()
            .Refuses(Refusals.NotFound("organisation"), Refusals.VersionConflict(2), Refusals.ValidationFailed());

    public ValueTask<Answer> HandleAsync(Call call)
    {
        var problems = FindProblems(call.Body);
        return problems.Count > 0
            ? ValueTask.FromResult(Answer.Refused(Refusals.ValidationFailed(problems)))
            : writes.RunAsync(call, (connection, context) => ChangeAsync(connection, call, context));
    }

    private async ValueTask<Answer> ChangeAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var organisationId = call.Caller.OrganisationId;
        var before = await OrganisationStore.FindDayRulesAsync(
            connection,
            organisationId,
            forUpdate: true,
            call.Cancellation
        );
        if (before is null)
            return Answer.Refused(Refusals.NotFound("organisation"));
        if (call.Body.Get(Version) != before.Version)
            return Answer.Refused(Refusals.VersionConflict(before.Version));
        var (old, wanted) = (ArrearsPolicyView.Of(before), Read(call.Body, before));
        if (IsSame(old, ArrearsPolicyView.Of(wanted)))
            return Answer.Success(old);

        var after = wanted with { Version = before.Version + 1 };
        var now = ArrearsPolicyView.Of(after);
        await using var batch = new NpgsqlBatch(connection);
        OrganisationStore.AddDayRulesTo(batch, organisationId, after);
        var detail = JsonSerializer.Serialize(new { Before = old, After = now }, Wire.Options);
        var entry = new AuditEntry(ids.Next<AuditEntryId>(), "ARREARS_POLICY_CHANGED", detail);
        AuditTrail.AddTo(batch, [new(organisationId, organisationId.AsSubject, context, entry)]);
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.Success(now, "Every open loan follows the policy at the next end of day.");
    }

    private static DayRules Read(FieldValues body, DayRules before) =>
        before with
        {
            Accrual = before.Accrual with { SuspendedAfterDays = body.Get(NonAccrualAfterDays) },
            Arrears = new ArrearsPolicy { BucketsFrom = [1, .. body.Get(Buckets).Select(last => last + 1)] },
            Provisions = body.Get(ProvisionRates) is { } rates
                ? new ProvisionRates([.. rates.Select(percent => (int)(percent * 100))])
                : null,
        };

    private static bool IsSame(ArrearsPolicyView left, ArrearsPolicyView right) =>
        left.NonAccrualAfterDays == right.NonAccrualAfterDays
        && left.Buckets.SequenceEqual(right.Buckets)
        && (left.ProvisionRates ?? []).SequenceEqual(right.ProvisionRates ?? [])
        && left.ProvisionRates is null == right.ProvisionRates is null;

    private static List<FieldError> FindProblems(FieldValues body)
    {
        var (buckets, problems) = (body.Get(Buckets), new List<FieldError>());
        if (buckets.Zip(buckets.Skip(1)).Any(pair => pair.First >= pair.Second))
            problems.Add(new(Buckets.Name, "must be in ascending order."));
        if (body.Get(ProvisionRates) is not { } rates)
            return problems;
        var wanted = buckets.Count + 2;
        if (rates.Count != wanted)
            problems.Add(
                new(
                    ProvisionRates.Name,
                    $"must have {wanted} rates: one for current loans, and one for each of {wanted - 1} buckets."
                )
            );
        if (rates.Any(percent => percent * 100 != decimal.Truncate(percent * 100)))
            problems.Add(new(ProvisionRates.Name, "must have at most 2 fraction digits."));
        return problems;
    }
}
