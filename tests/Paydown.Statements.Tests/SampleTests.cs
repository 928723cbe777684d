using System.Globalization;
using System.Text.Json;
using Paydown.Lending.Outcomes;
using Paydown.Statements.Reading;
using Shouldly;
using Xunit;

namespace Paydown.Statements.Tests;

public sealed class SampleTests
{
    public static TheoryData<string> Good => [.. Sample.Good];

    public static TheoryData<string> Broken => [.. Sample.Broken];

    [Theory]
    [MemberData(nameof(Good))]
    public void A_file_is_read_as_expected(string name)
    {
        var sample = Sample.All[name];
        var items = sample.Read();
        var expected = sample.Expected.GetProperty("statements").EnumerateArray().ToList();
        var read = Documents(items);
        read.Count.ShouldBe(expected.Count, "statements");
        for (var i = 0; i < expected.Count; i++)
        {
            read[i].Opened.Format.ShouldBe(sample.Expected.GetProperty("format").GetString());
            Compare(Fields(read[i].Opened, read[i].Closed), expected[i], sample, $"statement {i}");
            var entries = expected[i].GetProperty("entries").EnumerateArray().ToList();
            read[i].Entries.Count.ShouldBe(entries.Count, $"entries of statement {i}");
            for (var j = 0; j < entries.Count; j++)
                Compare(Fields(read[i].Entries[j]), entries[j], sample, $"entry {j} of statement {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_file_is_refused_with_its_fault_and_its_place(string name)
    {
        var sample = Sample.All[name];
        var fault = Should.Throw<StatementFaultException>(() => sample.Read());
        foreach (var words in sample.Expected.GetProperty("refused").EnumerateArray())
            fault.Message.ShouldContain(words.GetString()!);
    }

    private static List<(StatementOpened Opened, List<EntryRead> Entries, StatementClosed Closed)> Documents(
        List<StatementItem> items
    )
    {
        var documents = new List<(StatementOpened, List<EntryRead>, StatementClosed)>();
        var entries = new List<EntryRead>();
        StatementOpened? opened = null;
        foreach (var item in items)
        {
            if (item is StatementOpened next)
                (opened, entries) = (next, []);
            else if (item is EntryRead entry)
                entries.Add(entry);
            else
                documents.Add((opened!, entries, (StatementClosed)item));
        }

        return documents;
    }

    private static void Compare(Dictionary<string, string?> read, JsonElement expected, Sample sample, string place)
    {
        var optional = sample.Expected.TryGetProperty("optional", out var names)
            ? names.EnumerateArray().Select(name => name.GetString()).ToList()
            : [];
        foreach (var field in expected.EnumerateObject().Where(field => field.Name != "entries"))
        {
            var value = field.Value.ValueKind == JsonValueKind.Null ? null : field.Value.ToString();
            var found = read[field.Name];
            if (optional.Contains(field.Name) && found is null or "False")
                continue;
            if (field.Name != "text")
                found.ShouldBe(value, $"{field.Name} of {place}");
            else if (sample.Expected.GetProperty("format").GetString() == "MT940")
                Squashed(found).ShouldContain(Squashed(value), customMessage: $"text of {place}");
            else
                Squashed(found).ShouldBe(Squashed(value), $"text of {place}");
        }
    }

    private static string Squashed(string? text) =>
        string.Concat((text ?? "").Where(letter => !char.IsWhiteSpace(letter)));

    private static Dictionary<string, string?> Fields(StatementOpened opened, StatementClosed closed) =>
        new()
        {
            ["account"] = opened.Account,
            ["currency"] = opened.Currency?.Code,
            ["openingMinor"] = Units(closed.Opening?.Amount.MinorUnits),
            ["openingOn"] = Day(closed.Opening?.On),
            ["closingMinor"] = Units(closed.Closing?.Amount.MinorUnits),
            ["closingOn"] = Day(closed.Closing?.On),
            ["balances"] = Words.Write(closed.Balances),
        };

    private static Dictionary<string, string?> Fields(EntryRead read) =>
        new()
        {
            ["bookedOn"] = Day(read.Entry.BookedOn),
            ["valueOn"] = Day(read.Entry.ValueOn),
            ["amountMinor"] = Units(read.Entry.Amount.MinorUnits),
            ["currency"] = read.Entry.Amount.Currency.Code,
            ["reference"] = read.Entry.Reference,
            ["text"] = read.Entry.Text,
            ["counterpartyName"] = read.Entry.CounterpartyName,
            ["counterpartyAccount"] = read.Entry.CounterpartyAccount,
            ["bankReference"] = read.Entry.BankReference,
            ["endToEndId"] = read.Entry.EndToEndId,
            ["isReversal"] = read.Entry.IsReversal.ToString(),
            ["status"] = Words.Write(read.Entry.Status),
            ["detailsDiffer"] = read.Entry.DetailsDiffer.ToString(),
            ["returnReason"] = read.Entry.ReturnReason,
            ["transactionCode"] = read.Entry.TransactionCode,
            ["line"] = Units(read.Entry.Line),
        };

    private static string? Units(long? units) => units?.ToString(CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
