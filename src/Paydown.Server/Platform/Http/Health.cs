using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// The health checks. <c>/health/live</c> succeeds if the process answers; otherwise restart it. <c>/health/ready</c>
/// succeeds if the database answers, takes writes and has the schema of this program; otherwise send no requests.
/// </summary>
public static class Health
{
    private const int RetryAfterSeconds = 2;

    // A database that takes longer for this check is too slow for requests.
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(2);

    /// <summary>Maps both routes. They are public and reveal nothing internal.</summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        string[] methods = ["GET", "HEAD"];
        routes.MapMethods("/health/live", methods, AnswerLiveAsync);
        routes.MapMethods("/health/ready", methods, AnswerReadyAsync);
        return routes;
    }

    private static Task AnswerLiveAsync(HttpContext context) => WriteAsync(context, "live", null);

    private static async Task AnswerReadyAsync(HttpContext context)
    {
        await WriteAsync(context, "ready", await FindFailureAsync(context.RequestServices, context.RequestAborted));
    }

    /// <summary>Why a server cannot take requests now; null if it can.</summary>
    internal static async Task<string?> FindFailureAsync(IServiceProvider services, CancellationToken token)
    {
        var (migrator, database) = (
            services.GetRequiredService<Migrator>(),
            services.GetRequiredService<NpgsqlDataSource>()
        );
        var time = services.GetRequiredService<TimeProvider>();
        using var patience = new CancellationTokenSource(AnswerMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, token);
        try
        {
            return await migrator.CheckAsync(either.Token) switch
            {
                SchemaState.Current => await IsStandbyAsync(database, either.Token)
                    ? "The database is a standby, which takes no writes."
                    : null,
                SchemaState.Behind => "The database is being migrated.",
                _ => "The schema of the database belongs to another version.",
            };
        }
        catch (Exception exception)
            when (exception is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            return "The database does not answer.";
        }
    }

    private static async Task<bool> IsStandbyAsync(NpgsqlDataSource database, CancellationToken token)
    {
        await using var connection = await database.OpenConnectionAsync(token);
        return await Database.IsStandbyAsync(connection, token);
    }

    private static Task WriteAsync(HttpContext context, string state, string? exception) =>
        (
            exception is null
                ? Answer.Success(new Healthy(state))
                : Answer.Refused(Refusals.ServiceUnavailable(exception) with { RetryAfterSeconds = RetryAfterSeconds })
        ).SendAsync(context);

    private sealed record Healthy(string State);
}
