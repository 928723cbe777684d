using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Statements;
using Paydown.Statements.Csv;
using Paydown.Statements.Reading;

namespace Paydown.Server.Commands;

/// <summary>The statements of a file as <c>paydown import-statement --dry-run</c> shows them.</summary>
internal static class StatementReport
{
    private const int TextShown = 60;

    /// <summary>The document of a file that was read.</summary>
    public static JsonObject Of(
        string file,
        IReadOnlyList<StatementItem> items,
        StatementReading reading,
        CsvPreview? preview
    )
    {
        var statements = new JsonArray();
        var format = "";
        JsonObject current = [];
        JsonArray entries = [];
        foreach (var item in items)
        {
            switch (item)
            {
                case StatementOpened opened:
                    (format, entries) = (opened.Format, []);
                    current = Head(opened, reading);
                    break;
                case EntryRead read:
                    entries.Add(Entry(read.Entry));
                    break;
                case StatementClosed closed:
                    Close(current, closed);
                    current["entries"] = entries;
                    statements.Add(current);
                    break;
                default:
                    break;
            }
        }

        var document = new JsonObject { ["file"] = Path.GetFileName(file), ["format"] = format };
        if (preview is not null)
            document["csv"] = Csv(preview);
        document["statements"] = statements;
        return document;
    }

    /// <summary>The document of a file that cannot be read.</summary>
    public static JsonObject Of(string file, string message, int? line, string? element) =>
        new()
        {
            ["file"] = Path.GetFileName(file),
            ["error"] = new JsonObject
            {
                ["message"] = message,
                ["line"] = line,
                ["element"] = element,
            },
        };

    /// <summary>Writes a document as lines for people.</summary>
    public static void Write(JsonObject document, TextWriter output)
    {
        if (document["statements"] is not JsonArray statements)
            return;
        output.WriteLine($"{document["file"]}: {document["format"]}");
        if (document["csv"] is JsonObject csv)
            output.WriteLine($"  read as {csv["profile"]}: {string.Join(", ", Columns(csv))}");
        foreach (var statement in statements)
        {
            var (account, currency) = (statement!["account"] ?? statement["givenAccount"], statement["currency"]);
            var entries = statement["entries"]!.AsArray();
            output.WriteLine($"  account {account ?? "not stated"}, {currency}, {entries.Count} entries");
            output.WriteLine(
                $"  opening {Shown(statement["openingMinor"], currency)}, "
                    + $"closing {Shown(statement["closingMinor"], currency)}: {statement["balances"]}"
            );
            foreach (var entry in entries)
                output.WriteLine($"    {Line(entry!)}");
        }
    }

    private static JsonObject Head(StatementOpened opened, StatementReading reading)
    {
        var head = new JsonObject { ["account"] = opened.Account };
        if (reading.Account is not null)
            head["givenAccount"] = reading.Account;
        head["statementId"] = opened.Id;
        head["currency"] = opened.Currency?.Code;
        return head;
    }

    private static void Close(JsonObject statement, StatementClosed closed)
    {
        statement["openingMinor"] = closed.Opening?.Amount.MinorUnits;
        statement["openingOn"] = Day(closed.Opening?.On);
        statement["closingMinor"] = closed.Closing?.Amount.MinorUnits;
        statement["closingOn"] = Day(closed.Closing?.On);
        statement["balances"] = Words.Write(closed.Balances);
        if (closed.Problem is not null)
            statement["problem"] = closed.Problem;
    }

    private static JsonObject Entry(StatementEntry entry) =>
        new()
        {
            ["bookedOn"] = Day(entry.BookedOn),
            ["valueOn"] = Day(entry.ValueOn),
            ["amountMinor"] = entry.Amount.MinorUnits,
            ["currency"] = entry.Amount.Currency.Code,
            ["reference"] = entry.Reference,
            ["text"] = entry.Text ?? "",
            ["counterpartyName"] = entry.CounterpartyName,
            ["counterpartyAccount"] = entry.CounterpartyAccount,
            ["bankReference"] = entry.BankReference,
            ["endToEndId"] = entry.EndToEndId,
            ["isReversal"] = entry.IsReversal,
            ["status"] = Words.Write(entry.Status),
            ["transactionCode"] = entry.TransactionCode,
            ["returnReason"] = entry.ReturnReason,
            ["detailsDiffer"] = entry.DetailsDiffer,
            ["line"] = entry.Line,
        };

    private static JsonObject Csv(CsvPreview preview) =>
        new()
        {
            ["profile"] = preview.Profile,
            ["encoding"] = preview.Encoding,
            ["delimiter"] = preview.Delimiter.ToString(),
            ["decimal"] = preview.Decimal.ToString(),
            ["dates"] = preview.Dates is { } dates ? JsonNamingPolicy.CamelCase.ConvertName($"{dates}") : null,
            ["headerLine"] = preview.HeaderLine,
            ["columns"] = new JsonObject(
                preview.Columns.Select(column => KeyValuePair.Create(column.Key, (JsonNode?)column.Value))
            ),
        };

    private static IEnumerable<string> Columns(JsonObject csv) =>
        csv["columns"]!.AsObject().Select(column => $"{column.Key} from \"{column.Value}\"");

    private static string Shown(JsonNode? amount, JsonNode? currency) =>
        amount is not null && CurrencyCode.Find($"{currency}") is { } known
            ? new Money(amount.GetValue<long>(), known).ToString()
            : "not stated";

    private static string Line(JsonNode entry)
    {
        var text = $"{entry["text"]}".ReplaceLineEndings(" ");
        var shown = text.Length > TextShown ? text[..TextShown] + "…" : text;
        return string.Join(
            "  ",
            new[]
            {
                $"{entry["bookedOn"]}",
                Shown(entry["amountMinor"], entry["currency"]),
                $"{entry["status"]}",
                $"{entry["reference"]}",
                $"{entry["counterpartyName"]}",
                shown,
            }.Where(part => part.Length > 0)
        );
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
