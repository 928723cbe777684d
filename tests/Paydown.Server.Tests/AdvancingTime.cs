namespace Paydown.Server.Tests;

/// <summary>The clock of the machine, which a test can put forward: for what happens on another day.</summary>
public sealed class AdvancingTime : TimeProvider
{
    private TimeSpan ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;

    public void Advance(TimeSpan by) => ahead += by;
}
