using System.IO.Pipelines;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Reports;

namespace Paydown.Server.Commands;

/// <summary><c>paydown report</c>: writes a report to standard output or to a file.</summary>
internal sealed class WriteReport(NpgsqlDataSource db, TimeProvider time)
{
    public required string Name { get; init; }

    public required ReportChoice Choice { get; init; }

    /// <summary>The organisation; null for the only one.</summary>
    public OrganisationId? OrganisationId { get; init; }

    /// <summary>table, csv, json or xlsx; null for the one that the name of the file says.</summary>
    public string? Format { get; init; }

    /// <summary>The file; null for standard output.</summary>
    public string? File { get; init; }

    /// <summary>Writes it.</summary>
    /// <exception cref="OperatingException">The report or a parameter is wrong.</exception>
    public async Task<int> RunAsync(TextWriter output, CancellationToken cancellation)
    {
        await new Migrator(db, time).RequireCurrentAsync(cancellation);
        var report =
            ReportCatalogue.Find(Name)
            ?? throw new OperatingException(
                $"There is no report {Name}. The reports: "
                    + $"{string.Join(", ", ReportCatalogue.All.Select(one => one.Name))}."
            );
        var organisation = await OrganisationAsync(cancellation);
        var request = ReportRequest.Of(report, Choice, organisation, organisation.Today(time));
        if (request.IsRefused)
            throw new OperatingException(request.Refusal.Message);
        var opened = await ReportRun.OpenAsync(db, report, request.Value, organisation, time, cancellation);
        if (opened.IsRefused)
            throw new OperatingException(opened.Refusal.Message);
        await using var run = opened.Value;
        var format = Format ?? Path.GetExtension(File)?.TrimStart('.').ToLowerInvariant() ?? "table";
        if (File is null)
            await WriteAsync(run, format, output, cancellation);
        else
            await WriteFileAsync(run, format, File, cancellation);
        return 0;
    }

    private async Task<Organisation> OrganisationAsync(CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        var all = await OrganisationStore.ListBusinessDatesAsync(connection, cancellation);
        var chosen = OrganisationId is { } id ? all.Where(one => one.OrganisationId == id).ToList() : all;
        return chosen switch
        {
            [var one] => await new OrganisationDirectory(db, time).GetAsync(one.OrganisationId, cancellation),
            [] when OrganisationId is { } unknown => throw new OperatingException(
                $"There is no organisation with the id {unknown}."
            ),
            [] => throw new OperatingException("There is no organisation yet."),
            _ => throw new OperatingException("There are several organisations. Name one with --organisation."),
        };
    }

    private static async Task WriteAsync(
        ReportRun run,
        string format,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        if (format == "xlsx")
            throw new OperatingException("A workbook is not text. Name a file with --output.");
        if (format == "table")
        {
            await run.WriteToAsync(new TableReportWriter(output), cancellation);
            return;
        }

        await using var standard = Console.OpenStandardOutput();
        await WriteAsync(run, format, standard, cancellation);
    }

    private static async Task WriteAsync(ReportRun run, string format, Stream output, CancellationToken cancellation)
    {
        await using var text = new StreamWriter(output, leaveOpen: true);
        await using ReportWriter writer = format switch
        {
            "table" => new TableReportWriter(text),
            "csv" => new CsvReportWriter(output),
            "json" => new JsonReportWriter(PipeWriter.Create(output, new(leaveOpen: true)), isEnveloped: false),
            "xlsx" => new XlsxReportWriter(output),
            _ => throw new OperatingException($"'{format}' is not a format. Use table, csv, json or xlsx."),
        };
        await run.WriteToAsync(writer, cancellation);
    }

    // A report that fails half way leaves no file that looks complete.
    private static async Task WriteFileAsync(ReportRun run, string format, string path, CancellationToken cancellation)
    {
        var partial = path + ".partial";
        try
        {
            await using (var file = System.IO.File.Create(partial))
                await WriteAsync(run, format, file, cancellation);
            System.IO.File.Move(partial, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatingException($"{path} cannot be written: {exception.Message}", exception);
        }
        finally
        {
            System.IO.File.Delete(partial);
        }
    }
}
