using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Paydown.Pages;
using Paydown.Server.Auditing;
using Paydown.Server.Databases;
using Paydown.Server.Pages;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Logs;
using Paydown.Server.Platform.OpenApi;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server;

/// <summary>Builds the web application: its services, and the order in which they handle a request.</summary>
public static class ServerHost
{
    // The pipeline refuses bodies over 64 KiB. Up to this size, the rest of the body is read and dropped: closing the
    // connection while the caller still writes would lose the refusal.
    private const long DroppedBytesMax = 1024 * 1024;

    // The time that accepted requests have to finish when the server stops.
    internal static readonly TimeSpan DrainMax = TimeSpan.FromSeconds(10);

    /// <summary>Returns the application, ready to start.</summary>
    public static WebApplication Build(ServerOptions options)
    {
        // The empty builder reads no files and no environment variables. This program has its own options and starts
        // faster without.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        Listen(builder, options);
        return Build(builder, options);
    }

    /// <summary>Returns an application that gets its requests from another one in this process.</summary>
    internal static WebApplication BuildInner(ServerOptions options, InnerServer server)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IServer>(server);
        builder.Services.AddSingleton<IHostLifetime, InnerLifetime>();
        return Build(builder, options);
    }

    /// <summary>Lets an application listen on the addresses of the server.</summary>
    internal static void Listen(WebApplicationBuilder builder, ServerOptions options)
    {
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                // Accepts any byte, so the pipeline can refuse a non-ASCII header by name, in the envelope.
                kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
                kestrel.Limits.MaxRequestBodySize = DroppedBytesMax;
            });
        // Requests wait only for the database, and asynchronously, so they can run on the thread of the socket.
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.UseUrls([.. options.Urls]);
    }

    private static WebApplication Build(WebApplicationBuilder builder, ServerOptions options)
    {
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainMax);
        builder.Logging.AddLog(options.Log);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(_ => Database.Open(options.ConnectionString));
        builder.Services.AddSingleton(_ => new GroupConnections(options.ConnectionString));
        builder.Services.AddSingleton(options.Time);
        builder.Services.AddSingleton(options.SignIn);
        builder.Services.AddSingleton(options.Limits);
        builder.Services.AddSingleton(options.Payments);
        builder.Services.AddSingleton(options.Webhooks);
        builder.Services.AddSingleton(options.Proxies);
        builder.Services.AddSingleton(options.CrossOrigin);
        builder.Services.AddSingleton(new Neighbours(options.IsOneOfSeveral));
        var routes = Features.CreateRoutes();
        builder.Services.AddPlatform();
        builder.Services.AddFeatures();
        routes.AddUseCases(builder.Services);
        if (options.HasPages)
            builder.Services.AddPageServices();
        if (options.Telemetry.IsOn)
            builder.Services.AddHostedService<BookInstruments>();

        var application = builder.Build();
        application.Use(application.Services.GetRequiredService<Envelopes>().InvokeAsync);
        application.UseApiPage();
        if (options.HasPages)
            application.UsePages();
        application.UseRouting();
        application.MapRoot(browsersGoTo: options.HasPages ? "/home" : "/docs");
        if (options.HasPages)
            application.MapPages();
        application.MapHealth();
        routes.MapTo(application, application.Services.GetRequiredService<ApiPipeline>());
        application.MapOpenApiDocument(routes);
        return application;
    }
}
