using System.Text.Json;
using Shouldly;

namespace Paydown.Server.Tests.Reports;

/// <summary>A report as the server sent it.</summary>
internal sealed record ReportReply(JsonElement Data)
{
    public IReadOnlyList<ReportRow> Rows =>
        [.. Data.GetProperty("rows").EnumerateArray().Select(row => new ReportRow(row))];

    public ReportRow Totals => new(Data.GetProperty("totals"));

    /// <summary>The one row whose cell in a column is this text.</summary>
    public ReportRow Row(string column, string text) => Rows.Single(row => row.Text(column) == text);

    /// <summary>Fails unless figures were compared with the ledger and all are the same.</summary>
    public void ShouldTie()
    {
        var ties = Data.GetProperty("ties").EnumerateArray().ToList();
        ties.ShouldNotBeEmpty();
        foreach (var tie in ties)
            tie.GetProperty("reported")
                .GetDecimal()
                .ShouldBe(tie.GetProperty("ledger").GetDecimal(), tie.GetProperty("figure").GetString());
    }
}

/// <summary>A row of a report.</summary>
internal sealed record ReportRow(JsonElement Cells)
{
    public string? Text(string column) => Cells.GetProperty(column).GetString();

    public decimal Money(string column) => Cells.GetProperty(column).GetDecimal();

    public decimal? MoneyOrNull(string column) =>
        Cells.GetProperty(column) is { ValueKind: JsonValueKind.Number } cell ? cell.GetDecimal() : null;
}

/// <summary>A file that the server sent.</summary>
internal sealed record ReportFile(string? ContentType, string? Name, byte[] Bytes);

/// <summary>Reads reports as the manager of an organisation.</summary>
internal static class ReportReading
{
    private static readonly HttpClient Http = new();

    public static async Task<ReportReply> ReportAsync(this TestOrganisation lender, string nameAndQuery) =>
        new((await lender.Manager.GetAsync($"admin/reports/{nameAndQuery}")).ShouldSucceed());

    public static async Task<ReportFile> ReportFileAsync(this TestOrganisation lender, string nameAndQuery)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri(lender.Server.Address, $"api/v1/services/admin/reports/{nameAndQuery}")
        );
        request.Headers.Add("X-Auth-Token", lender.Manager.Token);
        request.Headers.Add("x-fapi-auth-date", "2026-01-31T09:30:00Z");
        request.Headers.Add("x-fapi-customer-ip-address", "192.0.2.1");
        request.Headers.Add("x-fapi-interaction-id", "interaction-12345");
        using var response = await Http.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(200);
        return new(
            response.Content.Headers.ContentType?.ToString(),
            response.Content.Headers.ContentDisposition?.FileName?.Trim('"'),
            await response.Content.ReadAsByteArrayAsync()
        );
    }
}
