using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Paydown.Server.Databases;

/// <summary>
/// The server of an application that does not listen. The <see cref="Front"/> hands it the requests of its database.
/// </summary>
internal sealed class InnerServer : IServer
{
    private volatile Func<IFeatureCollection, Task>? handle;

    public IFeatureCollection Features { get; } = new FeatureCollection();

    /// <summary>Handles a request.</summary>
    /// <returns>False if the application does not run.</returns>
    public async Task<bool> TryHandleAsync(IFeatureCollection request)
    {
        if (handle is not { } run)
            return false;
        await run(request);
        return true;
    }

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        handle = request => HandleAsync(application, request);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        handle = null;
        return Task.CompletedTask;
    }

    public void Dispose() => handle = null;

    private static async Task HandleAsync<TContext>(IHttpApplication<TContext> application, IFeatureCollection request)
        where TContext : notnull
    {
        var context = application.CreateContext(request);
        Exception? failure = null;
        try
        {
            await application.ProcessRequestAsync(context);
        }
        catch (Exception exception)
        {
            failure = exception;
            throw;
        }
        finally
        {
            application.DisposeContext(context, failure);
        }
    }
}

/// <summary>An inner application is stopped by the outer one only, not by signals.</summary>
internal sealed class InnerLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
