using System.Diagnostics.Metrics;

namespace Paydown.Server.Platform.Telemetry;

/// <summary>
/// What Paydown itself measures. Labels are closed sets of words: no ids, no names, no addresses. If nobody listens,
/// an instrument costs one comparison.
/// </summary>
public sealed class Instruments
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Paydown";

    private readonly Counter<long> recorded;
    private readonly Counter<long> verified;
    private readonly Histogram<int> groupSize;
    private readonly Histogram<double> groupDuration;
    private readonly Counter<long> signIns;

    /// <summary>Creates the instruments.</summary>
    public Instruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        recorded = meter.CreateCounter<long>("paydown.repayments.recorded", "{repayment}", "Repayments recorded.");
        verified = meter.CreateCounter<long>("paydown.repayments.verified", "{repayment}", "Repayments verified.");
        groupSize = meter.CreateHistogram(
            "paydown.group.size",
            "{request}",
            "Requests that were committed together.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] }
        );
        groupDuration = meter.CreateHistogram(
            "paydown.group.duration",
            "s",
            "Time from the first statement of a group to its commit.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
            }
        );
        signIns = meter.CreateCounter<long>("paydown.sign_in", "{attempt}", "Sign-ins with a password, by result.");
        Reports = new(this, "report", recorded);
        Verifications = new(this, "verification", verified);
    }

    /// <summary>The groups of repayments that customers report.</summary>
    public GroupInstruments Reports { get; }

    /// <summary>The groups of verifications.</summary>
    public GroupInstruments Verifications { get; }

    /// <summary>Counts a repayment that an officer recorded.</summary>
    public void Recorded() => recorded.Add(1);

    /// <summary>Counts a sign-in.</summary>
    /// <param name="refusal">The code of the refusal; null if it succeeded.</param>
    public void SignedIn(string? refusal) =>
        signIns.Add(1, new KeyValuePair<string, object?>("result", refusal ?? "OK"));

    /// <summary>The instruments of one kind of group.</summary>
    public sealed class GroupInstruments(Instruments all, string kind, Counter<long> effects)
    {
        private readonly KeyValuePair<string, object?> kind = new("kind", kind);

        /// <summary>Records a committed group.</summary>
        /// <param name="size">The number of its requests.</param>
        /// <param name="effectCount">The number of repayments that it recorded or verified.</param>
        /// <param name="taken">The time from its first statement to its commit.</param>
        public void Committed(int size, int effectCount, TimeSpan taken)
        {
            all.groupSize.Record(size, kind);
            all.groupDuration.Record(taken.TotalSeconds, kind);
            if (effectCount > 0)
                effects.Add(effectCount);
        }
    }
}
