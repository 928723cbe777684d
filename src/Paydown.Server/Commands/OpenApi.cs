using Npgsql;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.OpenApi;

namespace Paydown.Server.Commands;

/// <summary>Writes the OpenAPI document, without a server and without a database.</summary>
public static class OpenApi
{
    /// <summary>Writes it to an output.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(TextWriter output)
    {
        output.Write(Document());
        return 0;
    }

    /// <summary>Writes it to a file.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string path)
    {
        File.WriteAllText(path, Document());
        return 0;
    }

    /// <summary>The document of all routes.</summary>
    public static string Document()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        // Routes are declared over services that hold it; nothing is asked of it.
        services.AddSingleton(_ => NpgsqlDataSource.Create("Host=nowhere.invalid"));
        services.AddFeatures();
        using var provider = services.BuildServiceProvider();
        return OpenApiDocument.Write(Features.CreateRoutes(provider));
    }
}
