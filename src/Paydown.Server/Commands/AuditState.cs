using System.Text.Json;
using Paydown.Lending.Identifiers;
using Paydown.Server.Auditing;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>What an audit has checked, in a file, so that it can be interrupted.</summary>
internal sealed record AuditState
{
    /// <summary>The database that it is about.</summary>
    public required string Database { get; init; }

    /// <summary>The last customer that is checked.</summary>
    public CustomerId After { get; init; }

    public long Loans { get; init; }

    public long Repayments { get; init; }

    public IReadOnlyList<Breach> Breaches { get; init; } = [];

    /// <summary>Reads the file; an empty state if there is none.</summary>
    /// <exception cref="OperatingException">It cannot be read, or is about another database.</exception>
    public static async Task<AuditState> ReadAsync(string? path, string database, CancellationToken cancellation)
    {
        var none = new AuditState { Database = database };
        if (path is null || !File.Exists(path))
            return none;
        try
        {
            var text = await File.ReadAllTextAsync(path, cancellation);
            var state = JsonSerializer.Deserialize<AuditState>(text, Wire.Options) ?? none;
            if (state.Database != database)
                throw new OperatingException($"{path} is about another database. Name another file.");
            return state;
        }
        catch (JsonException exception)
        {
            throw new OperatingException($"{path} is no state of an audit: {exception.Message}", exception);
        }
    }

    /// <summary>Replaces the file.</summary>
    public Task WriteAsync(string path, CancellationToken cancellation) =>
        DurableFile.WriteAsync(
            Path.GetFullPath(path),
            JsonSerializer.SerializeToUtf8Bytes(this, Wire.Options),
            cancellation
        );
}
