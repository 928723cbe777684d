using Paydown.Server.Platform;
using Paydown.Server.Platform.OpenApi;

namespace Paydown.Server.Commands;

/// <summary>Writes the OpenAPI document, without a server and without a database.</summary>
internal static class OpenApi
{
    /// <summary>Writes the document to a file, or to the output if no file is named.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="OperatingException">The file cannot be written.</exception>
    public static async Task<int> RunAsync(string? path, TextWriter output, CancellationToken token)
    {
        var document = OpenApiDocument.Write(Features.CreateRoutes());
        if (path is null)
        {
            await output.WriteAsync(document.AsMemory(), token);
            return 0;
        }

        try
        {
            await File.WriteAllTextAsync(path, document, token);
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OperatingException($"Cannot write {path}: {exception.Message}", exception);
        }
    }
}
