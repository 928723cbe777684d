using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// What a load balancer asks. <c>/health/live</c>: the process answers; start it anew where it does not.
/// <c>/health/ready</c>: the database answers and has this program's schema; send no requests where not.
/// </summary>
public static class Health
{
    private const int RetryAfterSeconds = 2;

    // A database that needs longer for this is not one to send customers to.
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(2);

    /// <summary>Adds both routes. Nobody needs to sign in for them, and they tell nothing of the inside.</summary>
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
        var migrator = context.RequestServices.GetRequiredService<Migrator>();
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        await WriteAsync(context, "ready", await FindFailureAsync(migrator, time, context.RequestAborted));
    }

    private static async Task<string?> FindFailureAsync(Migrator migrator, TimeProvider time, CancellationToken token)
    {
        using var patience = new CancellationTokenSource(AnswerMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, token);
        try
        {
            return await migrator.CheckAsync(either.Token) switch
            {
                SchemaState.Current => null,
                SchemaState.Behind => "The database is being migrated.",
                _ => "The database has another version's schema.",
            };
        }
        catch (Exception exception)
            when (exception is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            return "The database does not answer.";
        }
    }

    private static Task WriteAsync(HttpContext context, string state, string? exception) =>
        (
            exception is null
                ? Answer.Success(new Healthy(state))
                : Answer.Refused(Refusals.ServiceUnavailable(exception) with { RetryAfterSeconds = RetryAfterSeconds })
        ).SendAsync(context);

    private sealed record Healthy(string State);
}
