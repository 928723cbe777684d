using System.Text.Json;
using System.Text.Json.Nodes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Statements;
using Paydown.Statements;
using Paydown.Statements.Csv;
using Paydown.Statements.Reading;

namespace Paydown.Server.Commands;

/// <summary><c>paydown import-statement FILE… --dry-run [--json]</c>: shows how bank statements are read.</summary>
internal static class ImportStatement
{
    internal const int DoesNotAddUp = 1;
    internal const int IsNotRead = 2;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The meaning of the exit codes, for the help.</summary>
    public static string ExitCodes { get; } =
        $"0 all files were read; {DoesNotAddUp} the balances of a statement do not add up, so it is held; "
        + $"{IsNotRead} a file cannot be read, or the command line is wrong. If both apply, {IsNotRead} counts.";

    /// <summary>What the caller knows about the files.</summary>
    /// <exception cref="UsageException">The currency or the profile is wrong.</exception>
    public static StatementReading Reading(string? account, string? currency, string? profile) =>
        new()
        {
            Account = account,
            Currency = currency is null ? null : CurrencyOf(currency),
            Profile = profile is null ? null : ProfileOf(profile),
        };

    /// <summary>Shows the statements of the files.</summary>
    /// <param name="files">The paths.</param>
    /// <param name="reading">What the caller knows about them.</param>
    /// <param name="json">True for a JSON document per file, in an array if there are several.</param>
    /// <param name="output">Receives the statements.</param>
    /// <param name="error">Receives the files that cannot be read, with the reasons.</param>
    /// <returns>See <see cref="ExitCodes"/>.</returns>
    public static int Show(
        IReadOnlyList<string> files,
        StatementReading reading,
        bool json,
        TextWriter output,
        TextWriter error
    )
    {
        var exitCode = 0;
        var documents = new JsonArray();
        foreach (var file in files)
        {
            var document = Read(file, reading, error, ref exitCode);
            documents.Add(document);
            if (!json)
                StatementReport.Write(document, output);
        }

        if (json)
            output.WriteLine((documents.Count == 1 ? documents[0]! : documents).ToJsonString(Indented));
        return exitCode;
    }

    private static JsonObject Read(string file, StatementReading reading, TextWriter error, ref int exitCode)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var items = StatementFile.Read(stream, reading).ToList();
            var preview = StatementFile.PreviewCsv(stream, reading);
            foreach (var closed in items.OfType<StatementClosed>().Where(closed => closed.Problem is not null))
                error.WriteLine($"{file}: {closed.Problem}");
            if (items.OfType<StatementClosed>().Any(closed => closed.Balances == BalanceCheck.DoNotAddUp))
                exitCode = Math.Max(exitCode, DoesNotAddUp);
            return StatementReport.Of(file, items, reading, preview);
        }
        catch (StatementFaultException fault)
        {
            exitCode = IsNotRead;
            error.WriteLine($"{file}: {fault.Message}");
            return StatementReport.Of(file, fault.Problem, fault.Line, fault.Element);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            exitCode = IsNotRead;
            error.WriteLine($"{file}: {exception.Message}");
            return StatementReport.Of(file, exception.Message, null, null);
        }
    }

    private static Currency CurrencyOf(string code) =>
        CurrencyCode.Find(code)
        ?? throw new UsageException($"paydown: '{code}' is not a currency: three upper-case letters, such as NGN.");

    private static CsvProfile ProfileOf(string path)
    {
        try
        {
            return CsvProfile.Parse(File.ReadAllText(path));
        }
        catch (StatementFaultException fault)
        {
            throw new UsageException($"paydown: {path}: {fault.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"paydown: {path}: {exception.Message}");
        }
    }
}
