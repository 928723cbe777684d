using System.Globalization;
using Paydown.Lending.Repayments;
using Paydown.Lending.Tests.Endurance;
using Paydown.Server.Commands;

namespace Paydown.Lending.Tests.Matching;

/// <summary>Creates loans, reports and entries from a seed. Two files cover eight weeks, and overlap.</summary>
internal sealed class SetWriter(long seed)
{
    /// <summary>The second file begins on this day.</summary>
    public const int SecondFileDay = 28;

    public const int DaysMax = 56;

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly DateOnly FirstDay = new(2026, 4, 1);
    private static readonly string[] FirstNames =
    [
        "ADA",
        "BOLA",
        "CHIDI",
        "EFE",
        "FEMI",
        "GRACE",
        "IFE",
        "JOY",
        "MUSA",
        "RITA",
    ];
    private static readonly string[] LastNames = ["SAMPLE", "EXAMPLE", "DEMO", "TESTER", "SPECIMEN"];
    private static readonly string[] Purposes = ["LOAN", "REPAYMENT", "MONTHLY PAYMENT", "INSTALLMENT", "TRF", ""];

    private readonly HashSet<(string Loan, long Amount)> amounts = [];
    private int bankReference = 100_000;

    public Dice Dice { get; } = new(seed);

    public List<SetLoan> Loans { get; } = [];

    public List<SetReport> Reports { get; } = [];

    public List<LabelledEntry> Entries { get; } = [];

    public SetLoan NewLoan(string? state = null, int? organisation = null)
    {
        // Some references have letters only that read like words, some are shorter than others.
        var body = string.Concat(
            Enumerable.Range(0, Dice.Between(9, 15)).Select(_ => Alphabet[Dice.Below(Alphabet.Length)])
        );
        var number = Loans.Count + 1;
        var loan = new SetLoan($"l{number:000}", CreditorReference.FromBody(body).Value)
        {
            Customer = $"{Dice.Pick<string>(FirstNames)} {Dice.Pick("A", "B")}. {Dice.Pick<string>(LastNames)}",
            Account = $"{number:0000}{Dice.Between(100_000, 999_999)}",
            State = state,
            Organisation = organisation,
        };
        Loans.Add(loan);
        return loan;
    }

    /// <summary>An amount that the loan has not had. Other loans have equal ones.</summary>
    public long NewAmount(SetLoan loan)
    {
        while (true)
        {
            var amount = Dice.OnceIn(3) ? Dice.Between(40_000, 9_000_000) : 50_000L * Dice.Between(1, 160);
            if (amounts.Add((loan.Id, amount)))
                return amount;
        }
    }

    public int NewDay() => Dice.Between(0, DaysMax - 15);

    public SetReport Report(SetLoan loan, long amount, int day, string? status = null, string? reference = null)
    {
        var report = new SetReport($"r{Reports.Count + 1:000}", loan.Id, amount, FirstDay.AddDays(day))
        {
            Status = status,
            Reference = reference,
        };
        Reports.Add(report);
        return report;
    }

    /// <summary>Adds an entry. It gets a reference of the bank, and its file by its day, unless it has them.</summary>
    public SetEntry Add(string kind, string truth, int day, long amount, Func<SetEntry, SetEntry> more)
    {
        var number = Entries.Count + 1;
        var entry = more(
            new SetEntry($"e{number:0000}", FirstDay.AddDays(day), amount)
            {
                File = day < SecondFileDay ? 1 : 2,
                BankReference = (bankReference += Dice.Between(1, 900)).ToString(CultureInfo.InvariantCulture),
            }
        );
        Entries.Add(new(entry, kind, truth));
        return entry;
    }

    /// <summary>A narration as banks write it, with a reference or words in it, or none.</summary>
    public string Text(SetLoan loan, string? words = null)
    {
        var purpose = string.Join(
            ' ',
            new[] { Dice.Pick<string>(Purposes), words }.Where(part => part is { Length: > 0 })
        );
        return Dice.Below(4) switch
        {
            0 => $"NIP/{Dice.Pick("GTB", "UBA", "KUDA", "OPAY")}/{loan.Customer}/{purpose}",
            1 => $"TRF FRM {loan.Customer} {purpose}",
            2 => $"MOBILE TRF {purpose} {loan.Customer}",
            _ => $"NIBSS Instant Payment Inward {purpose} from {loan.Customer}",
        };
    }

    /// <summary>A reference as people and banks write it.</summary>
    public string Mangled(string reference)
    {
        var cut = Dice.Between(5, reference.Length - 1);
        return Dice.Below(5) switch
        {
            0 => string.Join(' ', reference.Chunk(4).Select(group => new string(group))),
            1 => reference.ToLowerInvariant(),
            2 => string.Join('-', reference[..4], reference[4..cut], reference[cut..]),
            3 => $"{reference[..4]}/{reference[4..]}",
            _ => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(
                $"{reference[..cut]} {reference[cut..]}".ToLowerInvariant()
            ),
        };
    }

    /// <summary>A reference with two neighbours swapped, or a character left out or changed. No loan has it.</summary>
    public string Mistyped(string reference)
    {
        while (true)
        {
            var at = Dice.Between(4, reference.Length - 2);
            var typed = Dice.Below(3) switch
            {
                0 => $"{reference[..at]}{reference[at + 1]}{reference[at]}{reference[(at + 2)..]}",
                1 => reference.Remove(at, 1),
                _ => $"{reference[..at]}{Alphabet[Dice.Below(Alphabet.Length)]}{reference[(at + 1)..]}",
            };
            if (typed != reference)
                return typed;
        }
    }

    /// <summary>Sorts the entries by file and day, and returns the set.</summary>
    public LabelledSet ToSet()
    {
        var inOrder = Entries.OrderBy(one => one.Entry.File).ThenBy(one => one.Entry.BookedOn).ToList();
        return new(
            new MatchingSet
            {
                Currency = "NGN",
                Loans = Dice.Shuffled<SetLoan>([.. Loans]),
                Reports = Reports,
                Entries = [.. inOrder.Select(one => one.Entry)],
            },
            inOrder
        );
    }
}
