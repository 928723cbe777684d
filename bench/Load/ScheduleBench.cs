using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;

namespace Paydown.Bench;

/// <summary>Schedules to the cent and a fold with 24 payments, against JavaScript libraries.</summary>
public static class ScheduleBench
{
    private const int Payments = 24;
    private const double ExactTimes = 10;

    private static readonly DateOnly DisbursedOn = new(2026, 1, 15);

    private static long kept;

    public static async Task<IReadOnlyList<BenchCase>> RunAsync(Stage stage)
    {
        var results = new List<BenchCase>();
        foreach (var count in (int[])[12, 360])
        {
            var name = count.ToString(CultureInfo.InvariantCulture);
            var terms = Terms(count);
            await AddAsync(
                stage,
                results,
                $"{name} installments",
                name,
                "schedules/s",
                () => Loan.Replay(terms, [], DisbursedOn)
            );
        }

        var loan = Terms(Payments);
        var events = Events(loan);
        await AddAsync(
            stage,
            results,
            $"fold with {Payments} payments",
            "fold",
            "folds/s",
            () => Loan.Replay(loan, events, DisbursedOn)
        );
        return results;
    }

    private static async Task AddAsync(
        Stage stage,
        List<BenchCase> results,
        string name,
        string argument,
        string unit,
        Func<Loan> run
    )
    {
        string[] libraries = argument == "fold" ? ["decimal"] : ["decimal", "loanjs", "amortization"];
        var ours = run().Installments.Sum(row => row.Due.Interest);
        var figures = await Rounds.RunAsync(
            stage,
            async () =>
            {
                Measure(run, 2);
                var exact = await NodeAsync(stage, libraries[0], argument, 1);
                if (exact.Interest != ours)
                    throw new BenchException($"{name}: our interest is {ours}, the exact library's {exact.Interest}.");
            },
            [
                () => Task.FromResult(Measure(run, stage.IsQuick ? 1 : 2)),
                .. libraries.Select(library =>
                    (Func<Task<double>>)(
                        async () => (await NodeAsync(stage, library, argument, stage.IsQuick ? 1 : 2)).PerSecond
                    )
                ),
            ]
        );
        var side = Side.Of(figures[0], unit);
        for (var i = 0; i < libraries.Length; i++)
        {
            results.Add(
                BenchCase.AtLeast(
                    $"{name} against {libraries[i]}{(i == 0 ? ".js" : " (floating point)")}",
                    side,
                    Side.Of(figures[i + 1], unit),
                    i == 0 ? ExactTimes : null
                )
            );
        }
    }

    private static readonly Currency Naira = Currency.Get("NGN");

    private static LoanTerms Terms(int count) =>
        new()
        {
            Principal = new Money(12_000_000, Naira),
            AnnualRatePercent = 12,
            NumberOfInstallments = count,
            SubmittedOn = DisbursedOn,
            Allocation = new AllocationPolicy
            {
                Strategy = AllocationStrategy.OldestFirst,
                Order = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal],
            },
        };

    private static List<LoanEvent> Events(LoanTerms terms)
    {
        var owed = Loan.Replay(terms, [], DisbursedOn).Outstanding.Total;
        var payment = (long)Math.Round((decimal)owed / (Payments + 1), MidpointRounding.ToEven);
        var events = new List<LoanEvent>
        {
            new Disbursed
            {
                Id = IdOf(1),
                Sequence = 1,
                On = DisbursedOn,
                Amount = terms.Principal,
            },
        };
        for (var i = 1; i <= Payments; i++)
            events.Add(Payment(i + 1, DisbursedOn.AddMonths(i), payment));
        return events;
    }

    private static PaymentReceived Payment(int sequence, DateOnly on, long amount) =>
        new()
        {
            Id = IdOf(sequence),
            Sequence = sequence,
            On = on,
            Amount = new Money(amount, Naira),
        };

    private static LoanEventId IdOf(int sequence) => new(new Guid(sequence, 0, 0, new byte[8]));

    private static double Measure(Func<Loan> run, int seconds)
    {
        var clock = Stopwatch.StartNew();
        var count = 0L;
        while (clock.ElapsedMilliseconds < seconds * 1000)
        {
            for (var i = 0; i < 20; i++)
                kept += run().Installments.Count;
            count += 20;
        }

        return count / clock.Elapsed.TotalSeconds;
    }

    private static async Task<(double PerSecond, long Interest)> NodeAsync(
        Stage stage,
        string library,
        string argument,
        int seconds
    )
    {
        var output = await Programs.RunAsync(
            "node",
            [Path.Combine(stage.Root, "bench", "schedule", "bench.mjs"), library, argument, $"{seconds}"]
        );
        using var said = JsonDocument.Parse(output);
        return (
            said.RootElement.GetProperty("perSecond").GetDouble(),
            said.RootElement.GetProperty("interest").GetInt64()
        );
    }
}
