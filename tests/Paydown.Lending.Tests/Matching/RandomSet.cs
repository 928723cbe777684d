using Paydown.Lending.Repayments;
using Paydown.Server.Commands;

namespace Paydown.Lending.Tests.Matching;

/// <summary>
/// Sets of entries of the 38 kinds that statements of Nigerian, German and other banks show, with the truth of each.
/// Names and round amounts repeat, so a matcher that trusts them is wrong.
/// </summary>
internal static class RandomSet
{
    public const int KindsCount = 38;

    private const int LoansWithReports = 60;
    private const int LoansWithoutReports = 40;

    public static LabelledSet From(long seed)
    {
        var set = new SetWriter(seed);
        var reported = Enumerable.Range(0, LoansWithReports).Select(_ => set.NewLoan()).ToArray();
        var quiet = Enumerable.Range(0, LoansWithoutReports).Select(_ => set.NewLoan()).ToArray();
        AddReferences(set, reported, quiet);
        AddTypingMistakes(set, reported, quiet);
        AddOwnWords(set, reported);
        AddAccounts(set, reported);
        AddAmounts(set, reported, quiet);
        AddDecidedReports(set);
        AddLoansThatTakeNoMoney(set);
        AddOtherMoney(set, reported);
        AddDebits(set, reported);
        AddCopies(set, reported, quiet);
        return set.ToSet();
    }

    private static void Repeat(int times, Action action)
    {
        for (var i = 0; i < times; i++)
            action();
    }

    private static void AddReferences(SetWriter set, SetLoan[] reported, SetLoan[] quiet)
    {
        Repeat(30, () => Reported(set, "rfStructured", reported, (loan, e) => e with { Reference = loan.Reference }));
        Repeat(
            30,
            () => Reported(set, "rfText", reported, (loan, e) => e with { Text = set.Text(loan, loan.Reference) })
        );
        Repeat(
            30,
            () =>
                Reported(
                    set,
                    "rfTextMangled",
                    reported,
                    (loan, e) => e with { Text = set.Text(loan, set.Mangled(loan.Reference)) }
                )
        );
        Repeat(20, () => Quiet(set, "rfStructuredNoReport", quiet, (loan, e) => e with { Reference = loan.Reference }));
        Repeat(
            20,
            () => Quiet(set, "rfTextNoReport", quiet, (loan, e) => e with { Text = set.Text(loan, loan.Reference) })
        );
        Repeat(
            20,
            () =>
                Quiet(
                    set,
                    "rfTextMangledNoReport",
                    quiet,
                    (loan, e) => e with { Text = set.Text(loan, set.Mangled(loan.Reference)) }
                )
        );
        // Another customer has a report of the same amount and pays this one's.
        Repeat(
            10,
            () =>
            {
                var (payer, loan) = (set.Dice.Pick<SetLoan>(reported), set.Dice.Pick<SetLoan>(reported));
                if (payer == loan)
                    return;
                var (amount, day) = (set.NewAmount(loan), set.NewDay());
                var report = set.Report(loan, amount, day);
                set.Report(payer, amount + 1, day);
                set.Report(payer, amount, day, status: "REJECTED");
                set.Add(
                    "paidByAnother",
                    $"VERIFY {report.Id}",
                    day + 1,
                    amount,
                    e => e with { Text = set.Text(payer, loan.Reference), CounterpartyAccount = payer.Account }
                );
            }
        );
    }

    private static void Reported(
        SetWriter set,
        string kind,
        SetLoan[] loans,
        Func<SetLoan, SetEntry, SetEntry> more,
        string? truth = null
    )
    {
        var loan = set.Dice.Pick<SetLoan>(loans);
        var (amount, day) = (set.NewAmount(loan), set.NewDay());
        var report = set.Report(loan, amount, day);
        set.Add(kind, truth ?? $"VERIFY {report.Id}", day + set.Dice.Below(4), amount, e => more(loan, e));
    }

    private static void Quiet(SetWriter set, string kind, SetLoan[] loans, Func<SetLoan, SetEntry, SetEntry> more)
    {
        var loan = set.Dice.Pick<SetLoan>(loans);
        set.Add(kind, $"RECORD {loan.Id}", set.NewDay(), set.NewAmount(loan), e => more(loan, e));
    }

    private static void AddTypingMistakes(SetWriter set, SetLoan[] reported, SetLoan[] quiet)
    {
        Repeat(
            15,
            () =>
            {
                var loan = set.Dice.Pick<SetLoan>(reported);
                var (amount, day) = (set.NewAmount(loan), set.NewDay());
                var report = set.Report(loan, amount, day);
                set.Add(
                    "rfTypoAccount",
                    $"VERIFY {report.Id} | DECIDE | UNMATCHED",
                    day + set.Dice.Below(4),
                    amount,
                    e =>
                        e with
                        {
                            Text = set.Text(loan, set.Mistyped(loan.Reference)),
                            CounterpartyAccount = loan.Account,
                        }
                );
            }
        );
        Repeat(
            15,
            () =>
                Unknown(
                    set,
                    "rfTypoNoReport",
                    quiet,
                    (loan, e) => e with { Text = set.Text(loan, set.Mistyped(loan.Reference)) }
                )
        );
        Repeat(
            15,
            () =>
                Unknown(
                    set,
                    "rfTruncated",
                    quiet,
                    (loan, e) =>
                        e with
                        {
                            Text = $"TRF FRM {loan.Customer} {loan.Reference[..^set.Dice.Between(1, 6)]}",
                        }
                )
        );
    }

    private static void Unknown(SetWriter set, string kind, SetLoan[] loans, Func<SetLoan, SetEntry, SetEntry> more)
    {
        var loan = set.Dice.Pick<SetLoan>(loans);
        set.Add(kind, "UNMATCHED | DECIDE", set.NewDay(), set.NewAmount(loan), e => more(loan, e));
    }

    private static void AddOwnWords(SetWriter set, SetLoan[] reported)
    {
        Repeat(
            25,
            () =>
            {
                var loan = set.Dice.Pick<SetLoan>(reported);
                var (amount, day) = (set.NewAmount(loan), set.NewDay());
                var words = $"{set.Dice.Pick("SALARY-", "TX-", "MY LOAN ", "PAY/")}{set.Dice.Between(10_000, 99_999)}";
                var report = set.Report(loan, amount, day, reference: words);
                set.Add(
                    "ownReference",
                    $"VERIFY {report.Id}",
                    day + set.Dice.Below(4),
                    amount,
                    e =>
                        set.Dice.OnceIn(3)
                            ? e with
                            {
                                Text = "transfer",
                                EndToEndId = words,
                            }
                            : e with
                            {
                                Text = set.Text(loan, set.Dice.OnceIn(2) ? words : words.ToLowerInvariant()),
                            }
                );
            }
        );
        for (var i = 0; i < 5; i++)
        {
            var words = $"LOAN{i}";
            var (amount, day) = (7_777_700 + i, set.NewDay());
            set.Report(set.NewLoan(), amount, day, reference: words);
            set.Report(set.NewLoan(), amount, day + 1, reference: words);
            Repeat(
                2,
                () =>
                    set.Add(
                        "ownReferenceAmbiguous",
                        "DECIDE | UNMATCHED",
                        day + 2,
                        amount,
                        e => e with { Text = $"NIP/{words}" }
                    )
            );
        }
    }

    private static void AddAccounts(SetWriter set, SetLoan[] reported)
    {
        Repeat(
            30,
            () =>
                Reported(
                    set,
                    "accountAmount",
                    reported,
                    (loan, e) => e with { Text = set.Text(loan), CounterpartyAccount = loan.Account }
                )
        );
        Repeat(
            15,
            () =>
                Reported(
                    set,
                    "nameAmount",
                    reported,
                    (loan, e) => e with { Text = set.Text(loan) },
                    "DECIDE | UNMATCHED"
                )
        );
        Repeat(
            8,
            () =>
            {
                var loan = set.Dice.Pick<SetLoan>(reported);
                var (amount, day) = (set.NewAmount(loan), set.NewDay());
                set.Report(loan, amount, day);
                set.Report(loan, amount, day + 1);
                SetEntry ByAccount(SetEntry e) => e with { Text = set.Text(loan), CounterpartyAccount = loan.Account };
                set.Add("accountAmountAmbiguous", "DECIDE | UNMATCHED", day + 1, amount, ByAccount);
                set.Add("accountAmountAmbiguous", "DECIDE | UNMATCHED", day + 2, amount, ByAccount);
            }
        );
        Repeat(
            8,
            () =>
            {
                var loan = set.Dice.Pick<SetLoan>(reported);
                var (amount, day) = (set.NewAmount(loan), set.NewDay());
                var (early, late) = (day - CreditRulesWindow.Early - 1, day + CreditRulesWindow.Late + 1);
                set.Report(loan, amount, day);
                set.Add(
                    "accountAmountLate",
                    "DECIDE | UNMATCHED",
                    early >= 0 && set.Dice.OnceIn(2) ? early : late,
                    amount,
                    e => e with { Text = set.Text(loan), CounterpartyAccount = loan.Account }
                );
            }
        );
        Repeat(
            10,
            () =>
            {
                var loan = set.Dice.Pick<SetLoan>(reported);
                var (amount, day) = (set.NewAmount(loan), set.NewDay());
                var report = set.Report(loan, amount, day);
                SetEntry ByAccount(SetEntry e) => e with { Text = "MOBILE TRF", CounterpartyAccount = loan.Account };
                set.Add("paidTwice", $"VERIFY {report.Id}", day, amount, ByAccount);
                set.Add("paidTwice", "UNMATCHED | DECIDE", day + 1, amount, ByAccount);
            }
        );
    }

    private static void AddAmounts(SetWriter set, SetLoan[] reported, SetLoan[] quiet)
    {
        Repeat(
            20,
            () =>
            {
                var loan = set.Dice.Pick<SetLoan>(reported);
                set.Report(loan, set.NewAmount(loan), set.NewDay());
                var came = set.NewAmount(loan);
                set.Add("amountDiffers", "DECIDE", set.NewDay(), came, e => e with { Reference = loan.Reference });
            }
        );
        Repeat(
            8,
            () =>
            {
                var loan = set.Dice.Pick<SetLoan>(reported);
                var (first, second, day) = (set.NewAmount(loan), set.NewAmount(loan), set.NewDay());
                set.Report(loan, first + second, day);
                SetEntry Part(SetEntry e) => e with { Text = set.Text(loan, loan.Reference) };
                set.Add("splitTransfers", "DECIDE", day, first, Part);
                set.Add("splitTransfers", "DECIDE", day, second, Part);
            }
        );
        Repeat(
            8,
            () =>
            {
                var two = set.Dice.Shuffled<SetLoan>(quiet);
                var text = $"{set.Mangled(two[0].Reference)} AND {two[1].Reference}";
                set.Add(
                    "twoReferences",
                    "DECIDE",
                    set.NewDay(),
                    set.NewAmount(two[0]),
                    e => e with { Text = set.Text(two[0], text) }
                );
            }
        );
    }

    private static void AddDecidedReports(SetWriter set)
    {
        Repeat(
            15,
            () =>
            {
                var loan = set.NewLoan();
                var (amount, day) = (set.NewAmount(loan), set.NewDay());
                var report = set.Report(loan, amount, day, status: "VERIFIED");
                set.Add(
                    "alreadyVerified",
                    $"CONFIRM {report.Id}",
                    day + set.Dice.Below(4),
                    amount,
                    e => e with { Text = set.Text(loan, loan.Reference) }
                );
            }
        );
        Repeat(
            5,
            () =>
            {
                var loan = set.NewLoan();
                var (amount, day) = (set.NewAmount(loan), set.NewDay());
                set.Report(loan, amount, day, status: "REJECTED");
                set.Add(
                    "rejectedBefore",
                    $"RECORD {loan.Id} | DECIDE",
                    day + 1,
                    amount,
                    e => e with { Reference = loan.Reference }
                );
            }
        );
        Repeat(
            5,
            () =>
            {
                var loan = set.NewLoan();
                set.Add(
                    "overpayment",
                    $"RECORD {loan.Id} | DECIDE",
                    set.NewDay(),
                    90_000_000,
                    e => e with { Reference = loan.Reference }
                );
            }
        );
    }

    private static void AddLoansThatTakeNoMoney(SetWriter set)
    {
        void Take(int times, string kind, string truth, Func<SetLoan> create, string? currency = null) =>
            Repeat(
                times,
                () =>
                {
                    var loan = create();
                    set.Add(
                        kind,
                        truth,
                        set.NewDay(),
                        set.NewAmount(loan),
                        e => e with { Text = set.Text(loan, loan.Reference), Currency = currency }
                    );
                }
            );
        Take(6, "closedLoan", "DECIDE", () => set.NewLoan("CLOSED"));
        Take(4, "thirdPartyLoan", "DECIDE", () => set.NewLoan("THIRD_PARTY"));
        Take(4, "otherCurrency", "DECIDE | UNMATCHED", () => set.NewLoan(), "USD");
        Take(4, "otherOrganisation", "UNMATCHED | DECIDE", () => set.NewLoan(organisation: 2));
    }

    private static void AddOtherMoney(SetWriter set, SetLoan[] reported)
    {
        void Unrelated(string kind, string truth, string text, string? reference = null) =>
            set.Add(
                kind,
                truth,
                set.NewDay(),
                set.NewAmount(set.Dice.Pick<SetLoan>(reported)),
                e => e with { Text = text, Reference = reference }
            );
        Repeat(
            10,
            () =>
            {
                var other = CreditorReference.FromBody($"INV{set.Dice.Between(1_000_000, 9_999_999)}").Value;
                if (set.Dice.OnceIn(2))
                    Unrelated("unknownReference", "UNMATCHED | DECIDE", $"INVOICE {other}", other);
                else
                    Unrelated("unknownReference", "UNMATCHED | DECIDE", $"NIP/FBN/EXAMPLE SUPPLIER/{other}");
            }
        );
        foreach (
            var text in (string[])["PERF2026 BONUS", "RFQ 2026/808", "WARF18 EXAMPLE", "SURF 12 34", "RF5138980267"]
        )
            Unrelated("looksLikeReference", "UNMATCHED | DECIDE", text);
        foreach (
            var text in (string[])
                ["REVERSAL POS 87189", "REFUND EXAMPLE LTD INV 820", "CAPITAL INJECTION", "CASH DEPOSIT"]
        )
            Unrelated("unrelated", "UNMATCHED | NOT_A_REPAYMENT", text);
    }

    private static void AddDebits(SetWriter set, SetLoan[] reported)
    {
        foreach (var text in (string[])["STAMP DUTY", "VAT ON COMMISSION", "SMS ALERT CHARGES", "WITHHOLDING TAX"])
            set.Add(
                "bankCharge",
                "NOT_A_REPAYMENT",
                set.NewDay(),
                -set.Dice.Between(400, 20_000),
                e => e with { Text = text }
            );
        Repeat(
            5,
            () =>
            {
                var loan = set.Dice.Pick<SetLoan>(reported);
                set.Add(
                    "referenceInDebit",
                    "NOT_A_REPAYMENT | UNMATCHED | DECIDE",
                    set.NewDay(),
                    -set.NewAmount(loan),
                    e =>
                        e with
                        {
                            Text = $"REFUND {loan.Reference} {loan.Customer}",
                            CounterpartyAccount = loan.Account,
                        }
                );
            }
        );
        for (var i = 0; i < 12; i++)
        {
            var loan = set.Dice.Pick<SetLoan>(reported);
            var (amount, day) = (set.NewAmount(loan), set.NewDay());
            var transfer = $"TRF{set.Dice.Next():X16}{set.Dice.Next():X16}";
            set.Add(
                "payout",
                $"SETTLE {transfer}",
                day,
                -amount,
                e =>
                    set.Dice.OnceIn(2)
                        ? e with
                        {
                            Text = "NIP OUTWARD",
                            EndToEndId = transfer,
                        }
                        : e with
                        {
                            Text = $"NIP OUTWARD {transfer} {loan.Customer}",
                        }
            );
            if (i < 4)
                set.Add(
                    "payoutReturned",
                    $"RETURNED {transfer}",
                    day + 2,
                    amount,
                    e => e with { Text = $"RVSL {transfer} {loan.Reference}" }
                );
        }
    }

    private static void AddCopies(SetWriter set, SetLoan[] reported, SetLoan[] quiet)
    {
        Repeat(
            8,
            () =>
            {
                var loan = set.Dice.Pick<SetLoan>(quiet);
                var (amount, day) = (set.NewAmount(loan), set.NewDay());
                var text = set.Text(loan, loan.Reference);
                Repeat(
                    2,
                    () =>
                        set.Add(
                            "equalPair",
                            $"RECORD {loan.Id}",
                            day,
                            amount,
                            e => e with { Text = text, BankReference = "0" }
                        )
                );
            }
        );
        Repeat(
            8,
            () =>
            {
                var loan = set.Dice.Pick<SetLoan>(quiet);
                var credit = set.Add(
                    "rfStructuredNoReport",
                    $"RECORD {loan.Id}",
                    set.NewDay(),
                    set.NewAmount(loan),
                    e => e with { Reference = loan.Reference }
                );
                set.Add(
                    "returned",
                    $"REVERSE {credit.Id}",
                    DayOf(credit) + 1,
                    -credit.AmountMinor,
                    e => e with { IsReversal = true, BankReference = credit.BankReference, Reference = loan.Reference }
                );
            }
        );
        foreach (var booked in set.Entries.Where(one => one.Kind == "rfText").Take(8).ToList())
        {
            set.Add(
                "pending",
                "PENDING",
                DayOf(booked.Entry),
                booked.Entry.AmountMinor,
                e => e with { Text = booked.Entry.Text, Status = "PDNG", BankReference = $"P{e.BankReference}" }
            );
        }

        // The second file begins with days of the first. One copy in three is from another format.
        foreach (
            var known in set
                .Entries.Where(one => one.Entry.File == 1 && DayOf(one.Entry) > SetWriter.SecondFileDay - 4)
                .ToList()
        )
        {
            var isOtherFormat = known.Entry.BankReference is { Length: > 5 } && set.Dice.OnceIn(3);
            var copy = set.Add(
                "duplicate",
                $"DUPLICATE {known.Entry.Id}",
                0,
                0,
                e => known.Entry with { Id = e.Id, File = 2 }
            );
            if (isOtherFormat)
                set.Entries[^1] = set.Entries[^1] with
                {
                    Entry = copy with { Text = $"?20{copy.Text}", CounterpartyAccount = null },
                };
        }
    }

    private static int DayOf(SetEntry entry) => entry.BookedOn.DayNumber - new DateOnly(2026, 4, 1).DayNumber;

    // What the rules allow between a report and its entry, written down a second time.
    private static class CreditRulesWindow
    {
        public const int Early = 3;
        public const int Late = 7;
    }
}
