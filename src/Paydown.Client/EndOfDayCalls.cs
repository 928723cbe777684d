namespace Paydown.Client;

/// <summary>The end of the day: what the passing of time does to loans. For managers.</summary>
public sealed class EndOfDayCalls
{
    private readonly Caller caller;

    internal EndOfDayCalls(Caller caller) => this.caller = caller;

    /// <summary>Gets the business date, the newest runs and the loans that are set aside.</summary>
    public Task<EndOfDay> GetAsync(CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.GetEndOfDay,
            Routes.GetEndOfDay.To(),
            PaydownJson.Default.EndOfDayAnswer,
            cancellationToken
        );

    /// <summary>Asks for the end of a day, which a worker runs at once.</summary>
    /// <param name="date">The day, not after today; null for yesterday.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the run may still be asked for.</param>
    public Task<EndOfDay> StartAsync(
        DateOnly? date = null,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.StartEndOfDay,
            Routes.StartEndOfDay.To(),
            new DayWanted(date),
            PaydownJson.Default.DayWanted,
            PaydownJson.Default.EndOfDayAnswer,
            cancellationToken,
            idempotencyKey
        );
}
