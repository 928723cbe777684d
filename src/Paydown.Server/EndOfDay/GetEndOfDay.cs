using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.EndOfDay;

/// <summary>Shows the business date, the newest runs of the end of day, and the loans that are set aside.</summary>
public sealed class GetEndOfDay(NpgsqlDataSource database, TimeProvider time) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show the business date and the newest ends of day")
            .Returns<EndOfDayView>()
            .Refuses(Refusals.NotFound("organisation"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var dates = await OrganisationStore.ListBusinessDatesAsync(connection, call.Cancellation);
        var organisation = dates.FirstOrDefault(one => one.OrganisationId == call.Caller.OrganisationId);
        return organisation is null
            ? Answer.Refused(Refusals.NotFound("organisation"))
            : Answer.Success(
                await EndOfDayView.ReadAsync(connection, organisation, time.GetUtcNow(), call.Cancellation)
            );
    }
}

/// <summary>How far the end of day has come.</summary>
public sealed record EndOfDayView
{
    private const int RunsMax = 10;
    private const int SetAsideMax = 100;

    /// <summary>The first day whose end of day is not complete.</summary>
    public required DateOnly BusinessDate { get; init; }

    /// <summary>The newest runs, latest day first; at most 10.</summary>
    public required IReadOnlyList<EndOfDayRunView> Runs { get; init; }

    /// <summary>Loans whose replay fails, and which each run tries again; at most 100.</summary>
    public required IReadOnlyList<LoanSetAside> SetAside { get; init; }

    internal static async Task<EndOfDayView> ReadAsync(
        NpgsqlConnection connection,
        BusinessDate organisation,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var id = organisation.OrganisationId;
        var runs = await EndOfDayStore.ListAsync(connection, id, RunsMax, cancellation);
        return new EndOfDayView
        {
            BusinessDate = organisation.On,
            Runs = [.. runs.Select(run => EndOfDayRunView.Of(run, now))],
            SetAside = await EndOfDayStore.ListSetAsideAsync(connection, id, SetAsideMax, cancellation),
        };
    }
}

/// <summary>A run of the end of a day.</summary>
public sealed record EndOfDayRunView
{
    /// <summary>The day that ends.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>How far it has come.</summary>
    public required EndOfDayState State { get; init; }

    /// <summary>Loans that are done.</summary>
    public required int LoansDone { get; init; }

    /// <summary>Loans with something to do when it began.</summary>
    public required int LoansTotal { get; init; }

    /// <summary>Loans done per second; null before a second has passed.</summary>
    public required int? LoansPerSecond { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When a worker began; null if none has.</summary>
    public required DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was complete; null if it is not.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    internal static EndOfDayRunView Of(RequestedDay run, DateTimeOffset now)
    {
        var seconds = run.StartedAt is { } started ? (int)((run.EndedAt ?? now) - started).TotalSeconds : 0;
        return new EndOfDayRunView
        {
            Date = run.BusinessOn,
            State =
                run.EndedAt is not null ? EndOfDayState.Complete
                : run.StartedAt is not null ? EndOfDayState.Running
                : EndOfDayState.Waiting,
            LoansDone = run.LoansDone,
            LoansTotal = run.LoansTotal,
            LoansPerSecond = seconds > 0 ? run.LoansDone / seconds : null,
            RequestedAt = run.RequestedAt,
            StartedAt = run.StartedAt,
            EndedAt = run.EndedAt,
        };
    }
}

/// <summary>How far a run has come.</summary>
public enum EndOfDayState
{
    /// <summary>No worker has begun.</summary>
    Waiting,

    Running,

    Complete,
}

/// <summary>A loan whose replay fails.</summary>
public sealed record LoanSetAside
{
    /// <summary>The loan account.</summary>
    public required LoanId AccountId { get; init; }

    /// <summary>The day whose run failed last.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Why it fails.</summary>
    public required string Reason { get; init; }

    /// <summary>The number of runs that tried it.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it failed last.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
