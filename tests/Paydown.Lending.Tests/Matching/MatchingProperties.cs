using FsCheck;
using FsCheck.Fluent;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Matching;
using Paydown.Lending.Statements;
using Paydown.Lending.Tests.Endurance;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Matching;

/// <summary>What holds for all entries and candidates.</summary>
public sealed class MatchingProperties
{
    [Fact]
    public void Entries_that_compete_for_nothing_are_decided_alike_in_any_order() =>
        ForAnySeed(seed =>
        {
            var dice = new Dice(seed);
            var (lender, entries) = WithOneLoanPerEntry(dice);
            var inOrder = Decide(lender, entries);
            var shuffled = Decide(lender, dice.Shuffled<(StatementEntryId, StatementEntry)>(entries));
            foreach (var (id, decision) in inOrder)
            {
                var other = shuffled[id];
                (other.Outcome, other.Rule, other.RepaymentId, other.LoanId).ShouldBe(
                    (decision.Outcome, decision.Rule, decision.RepaymentId, decision.LoanId)
                );
                other.Reasons.ShouldBe(decision.Reasons);
            }
        });

    [Fact]
    public void A_report_is_never_used_twice() =>
        ForAnySeed(seed =>
        {
            var (lender, entries) = WithFewLoans(new Dice(seed));
            var used = Decide(lender, entries)
                .Values.Where(decision => decision.Outcome is MatchOutcome.Verify or MatchOutcome.Confirm)
                .Select(decision => decision.RepaymentId!.Value)
                .ToList();
            used.ShouldBeUnique();
        });

    [Fact]
    public void A_match_has_the_amount_of_its_report_and_its_loan_takes_it() =>
        ForAnySeed(seed =>
        {
            var (lender, entries) = WithFewLoans(new Dice(seed));
            var reports = lender.Candidates.Reports.ToDictionary(report => report.Id);
            var decided = Decide(lender, entries);
            foreach (var (id, entry) in entries)
            {
                decided[id].Reasons.ShouldNotBeEmpty();
                if (decided[id].RepaymentId is not { } used)
                    continue;
                reports[used].Amount.ShouldBe(entry.Amount);
                reports[used].LoanId.ShouldBe(decided[id].LoanId!.Value);
                reports[used].IsVerified.ShouldBe(decided[id].Outcome == MatchOutcome.Confirm);
            }
        });

    [Fact]
    public void The_parts_of_a_suggestion_add_up_to_the_entry() =>
        ForAnySeed(seed =>
        {
            var (lender, entries) = WithFewLoans(new Dice(seed));
            var book = new MatchingBook(lender.Candidates);
            foreach (var (id, entry) in entries)
            {
                book.Decide(id, entry);
                foreach (var suggestion in book.Suggest(id, entry))
                {
                    Money
                        .Sum(suggestion.Parts.Select(part => part.Amount), entry.Amount.Currency)
                        .ShouldBe(entry.Amount);
                    suggestion.Reason.ShouldNotBeEmpty();
                    suggestion.With.ShouldNotContain(id);
                }
            }
        });

    [Fact]
    public void Texts_of_chance_never_match() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonNull<string>>(),
                ArbMap.Default.ArbFor<NonNull<string>>(),
                (text, reference) =>
                {
                    var lender = new Lender();
                    lender.AddReport(lender.Ada, 500_00, words: "TX-91274", account: Lender.AdaAccount);
                    lender.AddReport(lender.Ben, 500_00, isVerified: true);
                    var entry = Lender.Credit(500_00, $"ADA B. SAMPLE RF{text.Get}") with { Reference = reference.Get };
                    lender.Decide(entry).IsAutomatic.ShouldBeFalse();
                }
            )
            .ShouldHold(1_000);

    [Fact]
    public void Parts_of_a_reference_and_of_words_never_match() =>
        ForAnySeed(seed =>
        {
            var dice = new Dice(seed);
            var lender = new Lender();
            lender.AddReport(lender.Ada, 500_00, words: "TX-91274", account: Lender.AdaAccount);
            var whole = dice.Pick(lender.Ada.Reference, "TX91274", Lender.AdaAccount);
            var cut = dice.Between(1, whole.Length - 1);
            var part = dice.OnceIn(2) ? whole[..cut] : whole[cut..];
            var entry = Lender.Credit(500_00, $"FROM ADA B. SAMPLE {part}") with { CounterpartyAccount = part };
            lender.Decide(entry).IsAutomatic.ShouldBeFalse(part);
        });

    private static void ForAnySeed(Action<long> check) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => check(seed)).ShouldHold();

    private static Dictionary<StatementEntryId, EntryDecision> Decide(
        Lender lender,
        (StatementEntryId Id, StatementEntry Entry)[] entries
    )
    {
        var book = new MatchingBook(lender.Candidates);
        return entries.ToDictionary(one => one.Id, one => book.Decide(one.Id, one.Entry));
    }

    // Each entry is about a loan, an account and words of its own; amounts may be equal.
    private static (Lender, (StatementEntryId, StatementEntry)[]) WithOneLoanPerEntry(Dice dice)
    {
        var lender = new Lender();
        var entries = Enumerable
            .Range(10, 12)
            .Select(number => Entry(dice, lender, lender.AddLoan($"LOAN{number}X{dice.Between(1000, 9999)}"), number))
            .ToArray();
        return (lender, entries);
    }

    private static (Lender, (StatementEntryId, StatementEntry)[]) WithFewLoans(Dice dice)
    {
        var lender = new Lender();
        var entries = Enumerable
            .Range(0, 20)
            .Select(_ => Entry(dice, lender, dice.OnceIn(2) ? lender.Ada : lender.Ben, dice.Between(10, 12)))
            .ToArray();
        return (lender, entries);
    }

    private static (StatementEntryId, StatementEntry) Entry(Dice dice, Lender lender, CandidateLoan loan, int number)
    {
        var (amount, words, account) = (100_00L * dice.Between(1, 3), $"PAY/{number}345", $"00000{number}345");
        if (!dice.OnceIn(4))
            lender.AddReport(loan, amount, dice.Between(-5, 9), dice.OnceIn(4), dice.OnceIn(2) ? words : null, account);
        var came = dice.OnceIn(5) ? amount + 1 : amount;
        var entry = Lender.Credit(came) with { BankReference = $"BANK{number}{dice.Between(10, 99)}" };
        var named = dice.Below(6) switch
        {
            0 => entry with { Reference = loan.Reference },
            1 => entry with { Text = $"TRF {Lender.Printed(loan)}" },
            2 => entry with { EndToEndId = words },
            3 => entry with { CounterpartyAccount = account },
            4 => entry with { Text = $"{lender.Ada.Reference} {lender.Ben.Reference}" },
            _ => entry with { Text = "CASH" },
        };
        return (lender.NewEntryId(), named);
    }
}
