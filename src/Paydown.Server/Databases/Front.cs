using Microsoft.AspNetCore.Http.Features;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Logs;

namespace Paydown.Server.Databases;

/// <summary>
/// Listens for a server with several databases, and hands each request to the application of its database. It checks
/// and changes nothing, so a request is answered as by a server with that database alone.
/// </summary>
internal sealed class Front(Placement placement)
{
    // New lenders and host names are seen within this time, like on a server with one database.
    internal static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(5);

    /// <summary>Returns the listening application, ready to start.</summary>
    public static WebApplication Build(ServerOptions options, IReadOnlyList<NamedDatabase> databases)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        ServerHost.Listen(builder, options);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ServerHost.DrainMax);
        builder.Logging.AddLog(options.Log);
        builder.Services.AddSingleton(options.Time);
        builder.Services.AddSingleton(provider => new Placement(
            [
                .. databases.Select(database => new Place(
                    database,
                    options.On(database, databases.Count),
                    provider.GetRequiredService<ILogger<Place>>()
                )),
            ],
            provider.GetRequiredService<ILogger<Placement>>()
        ));
        builder.Services.AddSingleton<Front>();
        builder.Services.AddHostedService<PlaceWorker>();
        var application = builder.Build();
        application.Run(application.Services.GetRequiredService<Front>().HandleAsync);
        return application;
    }

    private async Task HandleAsync(HttpContext http)
    {
        if (http.Request.Path == "/health/ready")
        {
            await AnswerReadyAsync(http);
            return;
        }

        Placed placed;
        try
        {
            placed = await placement.FindAsync(http);
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (BadHttpRequestException)
        {
            await Answer.Refused(Refusals.BadRequest("The request could not be read.")).SendAsync(http);
            return;
        }

        if (placed.Places is [_, _, ..] && placed.Body is { } body)
            await TryEachAsync(http, placed.Places, body);
        else if (placed.Places is not [var place, ..] || !await TryAsync(place, new FeatureCollection(http.Features)))
            await AnswerAwayAsync(http);
    }

    // The e-mail has accounts on several databases. A sign-in is for the one whose password is right; a forgotten
    // password may be any of them.
    private static async Task TryEachAsync(HttpContext http, IReadOnlyList<Place> places, byte[] body)
    {
        var isForAll = http.Request.Path.Value?.Contains("forgot", StringComparison.Ordinal) == true;
        StoredAnswer? last = null;
        foreach (var place in places)
        {
            // The connection keeps what the last place has set.
            http.SetEndpoint(null);
            http.Request.RouteValues = [];
            http.Request.Body = new MemoryStream(body, writable: false);
            var answer = await StoredAnswer.OfAsync(http, place);
            last = answer ?? last;
            if (answer is { Status: < StatusCodes.Status400BadRequest } && !isForAll)
                break;
        }

        if (last is null)
            await AnswerAwayAsync(http);
        else
            await last.SendAsync(http);
    }

    internal static async Task<bool> TryAsync(Place place, IFeatureCollection request) =>
        place.Server is { } server && await server.TryHandleAsync(request);

    private static Task AnswerAwayAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Answer
            .Refused(Refusals.ServiceUnavailable("The database of this lender is not available. Try again."))
            .SendAsync(http);
    }

    private async Task AnswerReadyAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        var failures = await Task.WhenAll(
            placement.Places.Select(async place =>
                place.Services is { } services
                    ? await Health.FindFailureAsync(services, http.RequestAborted)
                    : "The database does not answer."
            )
        );
        var away = placement.Places.Where((_, i) => failures[i] is not null).Select(place => place.Name).ToList();
        var answer =
            away.Count < placement.Places.Count
                ? Answer.Success(new Ready("ready", away))
                : Answer.Refused(Refusals.ServiceUnavailable("No database answers."));
        await answer.SendAsync(http);
    }

    private sealed record Ready(string State, IReadOnlyList<string> Away);

    /// <summary>Runs the applications of all databases, and follows their lenders.</summary>
    internal sealed class PlaceWorker(Placement placement) : BackgroundService
    {
        public override async Task StartAsync(CancellationToken cancellationToken)
        {
            await Task.WhenAll(placement.Places.Select(place => place.StartAsync()));
            await base.StartAsync(cancellationToken);
        }

        // After the listener, which is stopped first: the last requests still have their application.
        public override async Task StopAsync(CancellationToken cancellationToken)
        {
            await base.StopAsync(cancellationToken);
            await Task.WhenAll(placement.Places.Select(place => place.DisposeAsync().AsTask()));
        }

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(RefreshEvery, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!stoppingToken.IsCancellationRequested)
                    await placement.RefreshAsync(stoppingToken);
            }
        }
    }
}
