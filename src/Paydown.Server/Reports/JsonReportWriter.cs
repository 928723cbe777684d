using System.IO.Pipelines;
using System.Text.Json;
using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Reports;

/// <summary>Writes a report as <see cref="ReportView"/>, for a response in its envelope.</summary>
/// <param name="output">Receives the bytes.</param>
/// <param name="isEnveloped">True to write the envelope of a response around it.</param>
public sealed class JsonReportWriter(PipeWriter output, bool isEnveloped) : ReportWriter
{
    private const int FlushBytes = 32 * 1024;

    private readonly Utf8JsonWriter json = new(output, new JsonWriterOptions { Encoder = Wire.Options.Encoder });
    private IReadOnlyList<ReportColumn> columns = [];

    public override async Task BeginAsync(ReportHead head, CancellationToken cancellation)
    {
        var (report, request) = (head.Report, head.Request);
        columns = report.Columns;
        json.WriteStartObject();
        if (isEnveloped)
        {
            json.WriteString("status"u8, "SUCCESS"u8);
            json.WriteStartObject("data"u8);
        }

        json.WriteString("name"u8, report.Name);
        json.WriteString("definition"u8, report.Definition);
        Write("asOf", report.IsOfDay ? request.To : null);
        Write("from", report.IsOfDay ? null : request.From);
        Write("to", report.IsOfDay ? null : request.To);
        json.WriteString("known"u8, Words.Write(request.Known));
        json.WriteString("product"u8, request.Product);
        Write("computedAt", head.ComputedAt);
        json.WriteString("currencyCode"u8, head.Organisation.Currency.Code);
        json.WritePropertyName("columns"u8);
        JsonSerializer.Serialize(json, report.Columns.Select(ReportColumnView.Of).ToList(), Wire.Options);
        json.WriteStartArray("rows"u8);
        await FlushAsync(cancellation);
    }

    public override ValueTask WriteRowAsync(object?[] row, CancellationToken cancellation)
    {
        WriteCells(row);
        return json.BytesPending + output.UnflushedBytes < FlushBytes ? default : FlushAsync(cancellation);
    }

    public override async Task EndAsync(object?[] totals, IReadOnlyList<ReportTie> ties, CancellationToken cancellation)
    {
        json.WriteEndArray();
        json.WritePropertyName("totals"u8);
        WriteCells(totals);
        json.WritePropertyName("ties"u8);
        JsonSerializer.Serialize(json, ties, Wire.Options);
        json.WriteEndObject();
        if (isEnveloped)
            json.WriteEndObject();
        await FlushAsync(cancellation);
    }

    public override async ValueTask DisposeAsync()
    {
        await json.DisposeAsync();
        await base.DisposeAsync();
    }

    private void WriteCells(object?[] row)
    {
        json.WriteStartObject();
        for (var i = 0; i < row.Length; i++)
            Write(columns[i].Name, row[i]);
        json.WriteEndObject();
    }

    private void Write(string name, object? cell)
    {
        json.WritePropertyName(name);
        switch (cell)
        {
            case Money amount:
                Wire.WriteMoney(json, amount);
                break;
            case decimal rate:
                json.WriteNumberValue(rate);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case null:
                json.WriteNullValue();
                break;
            default:
                json.WriteStringValue(TextOf(cell));
                break;
        }
    }

    private async ValueTask FlushAsync(CancellationToken cancellation)
    {
        await json.FlushAsync(cancellation);
        await output.FlushAsync(cancellation);
    }
}
