using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Paydown.Lending.Statements;
using Paydown.Statements.Reading;
using Shouldly;
using Xunit;

namespace Paydown.Statements.Tests;

/// <summary>Whatever the bytes are: a file is read, or refused with a fault. Nothing else happens.</summary>
public sealed class RobustnessTests
{
    private const int CutsMax = 400;

    public static TheoryData<string> Good => [.. Sample.Good];

    [Fact]
    public void Random_bytes_are_refused_or_read() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                bytes =>
                {
                    Outcome(bytes, new StatementReading());
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Good))]
    public void Changed_bytes_are_refused_or_read(string name)
    {
        var sample = Sample.All[name];
        var random = new System.Random(name.Length);
        for (var i = 0; i < CutsMax; i++)
        {
            var bytes = sample.Bytes;
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                var at = random.Next(bytes.Length);
                bytes[at] = random.Next(3) switch
                {
                    0 => (byte)random.Next(256),
                    1 => bytes[random.Next(bytes.Length)],
                    _ => (byte)":,;\"/{}-<>&\n\r?"[random.Next(14)],
                };
            }

            Outcome(bytes, sample.Reading);
        }
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void Parts_in_another_order_are_refused_or_read(string name)
    {
        var sample = Sample.All[name];
        var bytes = sample.Bytes;
        var random = new System.Random(name.Length);
        for (var i = 0; i < CutsMax; i++)
        {
            var (one, two) = (random.Next(bytes.Length), random.Next(bytes.Length));
            var (start, end) = (Math.Min(one, two), Math.Max(one, two));
            byte[] changed =
                random.Next(2) == 0 ? [.. bytes[..start], .. bytes[end..]] : [.. bytes[..end], .. bytes[start..]];
            Outcome(changed, sample.Reading);
        }
    }

    // A statement that was read from a part has all entries of the whole one, or does not add up, or states no
    // balances.
    [Theory]
    [MemberData(nameof(Good))]
    public void A_file_that_was_cut_is_not_read_as_whole(string name)
    {
        var sample = Sample.All[name];
        var bytes = sample.Bytes;
        var whole = Outcome(bytes, sample.Reading)!;
        var amounts = AmountsOf(whole);
        var step = Math.Max(1, bytes.Length / CutsMax);
        for (var length = bytes.Length - 1; length > 0; length -= step)
        {
            if (Outcome(bytes[..length], sample.Reading) is not { } part)
                continue;
            var closed = part.OfType<StatementClosed>().ToList();
            // Whole statements of a file may be left, or pages of one; and CSV has no end.
            for (var i = 0; i < closed.Count; i++)
            {
                if (
                    closed[i].Balances == BalanceCheck.AddUp
                    && FormatOf(whole) != "CSV"
                    && !EndsWithPage(bytes[..length])
                )
                    AmountsOf(part)[i].ShouldBe(amounts[i], $"{name}, cut after {length} of {bytes.Length} bytes");
            }
        }
    }

    [Fact]
    public void Deep_elements_are_refused_at_once()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 20_000));
        var start = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><Stmt>";
        var fault = Should.Throw<StatementFaultException>(() => Statements.Read(start + deep));
        fault.Message.ShouldContain("deeper than 64 levels");
    }

    [Fact]
    public void A_text_of_extreme_length_is_refused()
    {
        var start = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><Stmt><Id>";
        Should
            .Throw<StatementFaultException>(() => Statements.Read(start + new string('a', 1_000_000)))
            .Message.ShouldContain("longer than 16384 characters");
        Should
            .Throw<StatementFaultException>(() =>
                Statements.Read(":20:X\n:25:1\n:60F:C260310EUR0,\n" + new string('a', 1_000_000))
            )
            .Message.ShouldContain("longer than 65536 characters");
    }

    [Fact]
    public void A_broken_letter_of_utf8_is_never_replaced()
    {
        byte[] csv =
        [
            .. Encoding.UTF8.GetBytes("Date,Description,Amount\n2026-03-31,Müller und Käse,1.00\n2026-03-31,"),
            0xC3,
            (byte)'\n',
        ];
        Should.Throw<StatementFaultException>(() => Statements.Read(csv)).Message.ShouldContain("Line 3");
    }

    // Null if the file was refused.
    private static List<StatementItem>? Outcome(byte[] bytes, StatementReading reading)
    {
        try
        {
            var items = Statements.Read(bytes, reading);
            foreach (var entry in items.OfType<EntryRead>())
                entry.Entry.Text?.ShouldNotContain('\uFFFD');
            return items;
        }
        catch (StatementFaultException)
        {
            return null;
        }
    }

    private static bool EndsWithPage(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        return text.LastIndexOf(":62M:", StringComparison.Ordinal)
            > text.LastIndexOf(":62F:", StringComparison.Ordinal);
    }

    private static string FormatOf(List<StatementItem> items) => items.OfType<StatementOpened>().First().Format;

    private static List<string> AmountsOf(List<StatementItem> items)
    {
        var statements = new List<string>();
        foreach (var item in items)
        {
            if (item is StatementOpened)
                statements.Add("");
            else if (item is EntryRead read)
                statements[^1] += $"{read.Entry.Amount} ";
        }

        return statements;
    }
}
