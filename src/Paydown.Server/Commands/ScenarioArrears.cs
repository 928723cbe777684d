using System.Globalization;
using System.Text.Json.Nodes;
using Paydown.Lending.Loans;

namespace Paydown.Server.Commands;

/// <summary>How a scenario names arrears: ranges by their lower bounds. Only the first bound is included.</summary>
internal sealed class ScenarioArrears
{
    private const string None = "NO_DELINQUENCY";
    private readonly ArrearsPolicy policy;
    private readonly int[] ranges;

    private ScenarioArrears(int graceDays, int[] ranges)
    {
        this.ranges = ranges;
        policy = new ArrearsPolicy
        {
            GraceDays = graceDays,
            BucketsFrom = [.. ranges.Select((bound, index) => index == 0 ? bound : bound + 1)],
        };
    }

    /// <summary>The ranges of the published tables that name none.</summary>
    public static ScenarioArrears Default { get; } = new(3, [1, 3, 30, 60, 90, 120, 150, 180, 240]);

    public static ScenarioArrears Read(ScenarioField field) =>
        new(
            field.Get("graceDays").Whole(0, 1000),
            [.. field.Get("ranges").Items().Select(bound => bound.Whole(1, 10_000))]
        );

    /// <summary>Adds the arrears to the books of a check.</summary>
    /// <param name="shown">The books.</param>
    /// <param name="loan">As of the day of the check.</param>
    /// <param name="ranOn">The day of the last end-of-day run: the ages of installments are those of this run.</param>
    public void Show(JsonObject shown, Loan loan, DateOnly ranOn)
    {
        var state = Arrears.Of(loan, policy);
        shown["delinquency"] = new JsonObject
        {
            ["range"] = state.Bucket == 0 ? None : RangeOf(state.Bucket),
            ["since"] = Date(state.CountedFrom),
            ["days"] = state.DaysPastDue,
            ["amount"] = state.Overdue.Major,
            ["pastDueSince"] = Date(state.OverdueSince),
            ["pastDueDays"] = state.DaysSinceDue,
        };
        shown["installmentDelinquency"] = new JsonArray([
            .. Arrears
                .Of(loan, policy, ranOn < loan.AsOf ? ranOn : loan.AsOf)
                .ByAge.Select(bucket => new JsonObject
                {
                    ["range"] = RangeOf(bucket.Bucket),
                    ["amount"] = bucket.Amount.Major,
                }),
        ]);
    }

    private string RangeOf(int bucket) => $"RANGE_{ranges[bucket - 1]}";

    private static string? Date(DateOnly? on) => on?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
