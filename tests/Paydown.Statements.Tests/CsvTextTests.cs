using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Paydown.Lending.Amounts;
using Paydown.Statements.Csv;
using Paydown.Statements.Reading;
using Shouldly;
using Xunit;

namespace Paydown.Statements.Tests;

public sealed class CsvTextTests
{
    private static readonly Currency Euro = Currency.Get("EUR");

    [Theory]
    [InlineData("1,234.56", '.', 123456)]
    [InlineData("1.234,56", ',', 123456)]
    [InlineData("1 234,56", ',', 123456)]
    [InlineData("1'234.50", '.', 123450)]
    [InlineData("12,34,567.50", '.', 123456750)]
    [InlineData("(1,234.56)", '.', -123456)]
    [InlineData("1,234.56-", '.', -123456)]
    [InlineData("−5.00", '.', -500)]
    [InlineData("5.00 DR", '.', -500)]
    [InlineData("5.00Cr.", '.', 500)]
    [InlineData("€ 5", '.', 500)]
    [InlineData("EUR 5.00", '.', 500)]
    [InlineData("5.00 EUR", '.', 500)]
    [InlineData(".5", '.', 50)]
    [InlineData("0.00", '.', 0)]
    public void An_amount_is_read_as_people_write_it(string text, char mark, long units)
    {
        CsvAmount.Read(text, mark, Euro, out var amount).ShouldBeNull();
        amount.ShouldBe(new Money(units, Euro));
    }

    [Theory]
    [InlineData("1.234,5,6", '.')]
    [InlineData("1.234,5,6", ',')]
    [InlineData("1,5", '.')]
    [InlineData("1,23,45", '.')]
    [InlineData("1,234,56", '.')]
    [InlineData("1 234.567 890", '.')]
    [InlineData("12e3", '.')]
    [InlineData("USD 5.00", '.')]
    [InlineData("5.005", '.')]
    [InlineData("--", '.')]
    [InlineData("", '.')]
    public void What_is_not_an_amount_is_refused(string text, char mark) =>
        CsvAmount.Read(text, mark, Euro, out _).ShouldNotBeNull();

    [Fact]
    public void An_amount_that_is_written_in_either_way_is_read_back() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<long>().Filter(units => Math.Abs(units) < 100_000_000_000_000),
                units =>
                {
                    var money = new Money(units, Euro);
                    var point = money.Major.ToString("#,##0.00", CultureInfo.InvariantCulture);
                    var comma = point.Replace(',', ' ').Replace('.', ',').Replace(' ', '.');
                    CsvAmount.Read(point, '.', Euro, out var one).ShouldBeNull();
                    CsvAmount.Read(comma, ',', Euro, out var two).ShouldBeNull();
                    one.ShouldBe(money);
                    two.ShouldBe(money);
                    CsvAmount.Proves(point, out _).ShouldBe('.');
                    CsvAmount.Proves(comma, out _).ShouldBe(',');
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("31-DEC-26")]
    [InlineData("31 December 2026")]
    [InlineData("Dec 31, 2026")]
    [InlineData("31.12.2026")]
    [InlineData("31.12.26")]
    [InlineData("2026-12-31")]
    [InlineData("2026/12/31 23:59:59")]
    [InlineData("2026-12-31T23:59:59Z")]
    [InlineData("20261231")]
    [InlineData("31. Dez. 2026")]
    public void A_day_that_says_its_order_needs_none(string text) =>
        CsvDay.Read(text, null).ShouldBe(new DateOnly(2026, 12, 31));

    [Theory]
    [InlineData("03/04/2026", CsvDates.DayFirst, 4, 3)]
    [InlineData("03/04/2026", CsvDates.MonthFirst, 3, 4)]
    [InlineData("3-4-26", CsvDates.DayFirst, 4, 3)]
    [InlineData("26/04/03", CsvDates.YearFirst, 4, 3)]
    public void A_day_of_digits_is_read_by_its_order(string text, CsvDates order, int month, int day) =>
        CsvDay.Read(text, order).ShouldBe(new DateOnly(2026, month, day));

    [Theory]
    [InlineData("03/04/2026")]
    [InlineData("31/02/2026")]
    [InlineData("31-Feb-2026")]
    [InlineData("2026-13-01")]
    [InlineData("Total")]
    [InlineData("100.00")]
    [InlineData("1/2")]
    [InlineData("31-DEC-2026 and more")]
    public void Without_an_order_nothing_is_guessed(string text) => CsvDay.Read(text, null).ShouldBeNull();

    [Fact]
    public void A_preview_shows_which_column_is_what()
    {
        var csv = "Left;Day;In\n1,00;31.03.2026;1,00\n"u8.ToArray();
        var profile = CsvProfile.Parse(
            """{ "name": "Mine", "columns": { "bookedOn": "Day", "credit": "In", "balance": "Left" } }"""
        );
        var preview = StatementFile.PreviewCsv(new MemoryStream(csv), new StatementReading { Profile = profile })!;
        preview.Profile.ShouldBe("Mine");
        preview.Delimiter.ShouldBe(';');
        preview.Decimal.ShouldBe(',');
        preview.HeaderLine.ShouldBe(1);
        preview.Columns["credit"].ShouldBe("In");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not JSON")]
    [InlineData("""{ "name": "Mine", "colums": {} }""")]
    [InlineData("""{ "name": "Mine", "dates": "someday" }""")]
    public void A_wrong_profile_is_refused(string json) =>
        Should.Throw<StatementFaultException>(() => CsvProfile.Parse(json));

    [Fact]
    public void Every_known_bank_is_recognized_by_its_columns()
    {
        foreach (var bank in CsvWords.Banks)
        {
            var header = string.Join(';', bank.Has.Count < 4 ? [.. bank.Has, "Date", "Amount"] : bank.Has) + "\n";
            var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(header));
            StatementFile.PreviewCsv(stream, new StatementReading())!.Profile.ShouldBe(bank.Name);
        }
    }
}
