using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Logs;
using Paydown.Server.Platform.OpenApi;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server;

/// <summary>Builds the web application: what it is made of, and in which order a request meets it.</summary>
public static class ServerHost
{
    // The door refuses bodies above 64 KiB. Up to this, the rest of such a body is read and dropped: a connection that
    // is closed while the caller still writes loses the answer that says why.
    private const long DroppedBytesMax = 1024 * 1024;

    // What was taken is answered before the server stops, unless that takes longer.
    private static readonly TimeSpan DrainMax = TimeSpan.FromSeconds(10);

    /// <summary>The application, ready to be started.</summary>
    public static WebApplication Build(ServerOptions options)
    {
        // The empty builder reads no files and no environment: this program has its own options, and starts faster.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                // Any byte is read, so that a header outside ASCII is refused by its name, in the envelope.
                kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
                kestrel.Limits.MaxRequestBodySize = DroppedBytesMax;
            });
        // A request that waits, waits for the database, and never holds its thread: no need for another one to run it.
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.UseUrls([.. options.Urls]);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainMax);
        builder.Logging.AddLog(options.Log);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(_ => Database.Open(options.ConnectionString));
        builder.Services.AddSingleton(_ => new GroupConnections(options.ConnectionString));
        builder.Services.AddSingleton(options.Time);
        builder.Services.AddSingleton(options.SignIn);
        builder.Services.AddSingleton(options.Limits);
        builder.Services.AddSingleton(options.Payments);
        builder.Services.AddSingleton(options.Proxies);
        builder.Services.AddSingleton(options.CrossOrigin);
        var routes = Features.CreateRoutes();
        builder.Services.AddPlatform();
        builder.Services.AddFeatures();
        routes.AddUseCases(builder.Services);

        var application = builder.Build();
        application.Use(application.Services.GetRequiredService<Envelopes>().InvokeAsync);
        application.UseApiPage();
        application.UseRouting();
        application.MapRoot();
        application.MapHealth();
        routes.MapTo(application, application.Services.GetRequiredService<ApiPipeline>());
        application.MapOpenApiDocument(routes);
        return application;
    }
}
