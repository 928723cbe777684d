using System.Globalization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Loans;

/// <summary>The tables of docs/replay.md, read and compared with the code figure by figure.</summary>
public sealed class ReplayPageTests
{
    private static readonly DateOnly Start = new(2026, 1, 1);

    private static readonly Dictionary<string, LoanTerms> Strategies = new()
    {
        ["The loan"] = Terms(ScheduleType.Cumulative, null),
        ["Fixed interest"] = Terms(ScheduleType.Cumulative, null),
        ["Progressive interest"] = Terms(ScheduleType.Progressive, Recalculation(InterestBalance.Actual)),
        ["Cumulative interest"] = Terms(ScheduleType.Cumulative, Recalculation(InterestBalance.Planned)),
    };

    public static TheoryData<string> Sections => [.. Strategies.Keys];

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_figure_on_the_page_is_computed_by_the_code(string section)
    {
        var (terms, tables) = (Strategies[section], TablesOf(section));
        tables.ShouldNotBeEmpty();
        var events = EventsOf(tables);
        foreach (var table in tables)
        {
            var expected = table.Rows.Select(row => string.Join(" | ", row));
            var shown = table.Heading is { } day ? RowsOn(terms, events, day) : TransactionsOf(terms, events);
            shown.ShouldBe(expected, $"{section}, {table.Heading ?? "events"}");
        }
    }

    [Fact]
    public void The_strategies_start_with_the_same_rows()
    {
        var rows = Strategies.Values.Select(terms => string.Join('\n', RowsOn(terms, [Disbursement], "2026-01-01")));
        rows.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void Every_state_on_the_page_obeys_the_laws()
    {
        foreach (var (section, terms) in Strategies)
        {
            var events = EventsOf(TablesOf(section));
            foreach (var day in events.Select(loanEvent => loanEvent.On))
                Endurance.LoanLaws.Check(Replay(terms, events, day));
        }
    }

    private static IEnumerable<string> TransactionsOf(LoanTerms terms, IReadOnlyList<LoanEvent> events) =>
        events
            .Select(loanEvent => Replay(terms, events, loanEvent.On))
            .Select(loan => (Loan: loan, Last: loan.Transactions[^1]))
            .Select(one =>
                $"{one.Last.On:yyyy-MM-dd} | {one.Last.Kind} | {Text(one.Last.Amount.MinorUnits)}"
                + $" | {Text(one.Last.Components.Principal)} | {Text(one.Last.Components.Interest)}"
                + $" | {Text(one.Last.PrincipalBalance.MinorUnits)} | {Text(one.Last.TotalBalance.MinorUnits)}"
                + $" | {Text(one.Loan.Payoff.Total)}"
            );

    private static IEnumerable<string> RowsOn(LoanTerms terms, IReadOnlyList<LoanEvent> events, string day) =>
        Replay(terms, events, DateOnly.Parse(day, CultureInfo.InvariantCulture))
            .Installments.Select(row =>
                $"{row.Number} | {row.DueOn:yyyy-MM-dd} | {Text(row.Due.Principal)} | {Text(row.Due.Interest)}"
                + $" | {Text(row.PrincipalBalance.MinorUnits)}"
            );

    // As of a day, with the events of that day and before.
    private static Loan Replay(LoanTerms terms, IReadOnlyList<LoanEvent> events, DateOnly day) =>
        Loan.Replay(terms, [.. events.Where(loanEvent => loanEvent.On <= day)], day);

    private static LoanEvent[] EventsOf(IReadOnlyList<Table> tables) =>
        tables.FirstOrDefault(table => table.Heading is null) is { } table
            ? [.. table.Rows.Select((row, index) => EventOf(row, index + 1))]
            : [Disbursement];

    private static LoanEvent EventOf(string[] row, int sequence)
    {
        var on = DateOnly.Parse(row[0], CultureInfo.InvariantCulture);
        var amount = (long)(decimal.Parse(row[2], CultureInfo.InvariantCulture) * 100);
        return row[1] == "Disbursement"
            ? TestEvents.Disbursement(History.IdOf(sequence), sequence, on, Kobo(amount))
            : TestEvents.Payment(History.IdOf(sequence), sequence, on, Kobo(amount));
    }

    private static LoanEvent Disbursement => TestEvents.Disbursement(History.IdOf(1), 1, Start, Kobo(100_000));

    private static string Text(long minor) => (minor / 100m).ToString("F2", CultureInfo.InvariantCulture);

    private static InterestRecalculation Recalculation(InterestBalance balance) =>
        new(
            PreClosure.TillPreClosureDate,
            balance == InterestBalance.Planned
                ? Reschedule.ReduceNumberOfInstallments
                : Reschedule.AdjustLastUnpaidPeriod,
            RestFrequency.Daily,
            1,
            balance
        );

    private static LoanTerms Terms(ScheduleType schedule, InterestRecalculation? recalculation) =>
        new()
        {
            Principal = new Money(100_000, Currency.Get("NGN")),
            AnnualRatePercent = 12,
            NumberOfInstallments = 4,
            SubmittedOn = Start,
            ScheduleType = schedule,
            Recalculation = recalculation,
            InterestPeriod = InterestPeriod.Daily,
            DaysInYear = DaysInYear.Days360,
            DaysInMonth = DaysInMonth.Days30,
            Allocation = new AllocationPolicy
            {
                Strategy = AllocationStrategy.OldestFirst,
                Order = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal],
            },
        };

    // The tables of a section; those of rows have the day of their heading.
    private static List<Table> TablesOf(string section)
    {
        var (tables, isIn, heading) = (new List<Table>(), false, (string?)null);
        foreach (var line in File.ReadAllLines(PathOfPage()))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
                (isIn, heading) = (line[3..] == section, null);
            if (line.StartsWith("### Rows on ", StringComparison.Ordinal))
                heading = line["### Rows on ".Length..];
            if (!isIn || !line.StartsWith('|'))
                continue;
            var cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries);
            if (cells[0] is "Day" or "Installment")
                tables.Add(new Table(heading, []));
            else if (!cells[0].StartsWith("---", StringComparison.Ordinal))
                tables[^1].Rows.Add(cells);
        }

        return tables;
    }

    private static string PathOfPage()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Paydown.slnx")))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, "docs", "replay.md");
    }

    private sealed record Table(string? Heading, List<string[]> Rows);
}
