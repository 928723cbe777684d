using FsCheck;
using FsCheck.Fluent;
using Paydown.Lending.Accounting;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Tests.Endurance;
using Shouldly;
using Xunit;
using static Paydown.Lending.Accounting.LedgerAccount;

namespace Paydown.Lending.Tests.Accounting;

public sealed class LoanPostingsTests
{
    private static readonly DateOnly Today = new(2026, 6, 1);

    [Fact]
    public void The_ledger_agrees_with_the_fold()
    {
        var loan = Replay(SampleLoans.Disbursement, SampleLoans.Repayment(2, new(2026, 2, 15), 106_619));
        LoanPostings
            .Position(loan)
            .ShouldBe(
                new Dictionary<LedgerAccount, Money>
                {
                    [FundingAccount] = Kobo(-1_200_000),
                    [CollectionAccount] = Kobo(106_619),
                    [LoanPrincipal] = Kobo(loan.Outstanding.Principal),
                    [InterestIncome] = Kobo(-12_000),
                },
                ignoreOrder: true
            );
    }

    [Fact]
    public void A_down_payment_stays_collected_whatever_is_recorded_later()
    {
        var terms = SampleLoans.Terms with
        {
            AnnualRatePercent = 0,
            DownPayment = new(25, Automatic: true),
            NumberOfInstallments = 1,
        };
        var first = DownPayments.Collect(terms, [], (Disbursed)SampleLoans.Disbursement);
        var tranche = DownPayments.Collect(
            terms,
            [first],
            first with
            {
                Id = SampleLoans.Id(2),
                Sequence = 2,
                On = new(2026, 3, 1),
            }
        );
        LoanEvent[] lent = [first, tranche];
        // More than the first part asks for, so it would pay the down payment of the second.
        LoanEvent[] paid = [.. lent, SampleLoans.Repayment(3, new(2026, 2, 20), 2_000_000)];
        LoanEvent[] reversed = [.. paid, SampleLoans.Reversal(4, Today, SampleLoans.Id(3))];
        var id = DerivedId.DownPayment(tranche.Id);
        Loan? before = null;
        var kinds = new List<JournalEntryKind>();
        foreach (var events in (LoanEvent[][])[lent, paid, reversed])
        {
            var after = Loan.Replay(terms, events, Today);
            kinds.AddRange(
                LoanPostings
                    .Between(before, after, Today)
                    .Where(entry => entry.SubjectId == id.AsSubject)
                    .Select(one => one.Kind)
            );
            after.Transactions.Single(one => one.EventId == id).Amount.ShouldBe(Kobo(300_000));
            before = after;
        }

        kinds.Count(kind => kind == JournalEntryKind.DownPaymentCollected).ShouldBe(1);
        (before!.Outstanding.Principal, before.Overpaid.MinorUnits).ShouldBe((1_800_000, 0));
    }

    [Fact]
    public void A_backdated_payment_adjusts_later_ones_on_the_day_of_the_change()
    {
        var later = SampleLoans.Repayment(2, new(2026, 3, 15), 50_000);
        var before = Replay(SampleLoans.Disbursement, later);
        var after = Replay(SampleLoans.Disbursement, later, SampleLoans.Repayment(3, new(2026, 2, 15), 50_000));
        var entries = LoanPostings.Between(before, after, Today);
        var verified = entries.Single(entry => entry.Kind == JournalEntryKind.RepaymentVerified);
        (verified.SubjectId, verified.EffectiveOn).ShouldBe((SampleLoans.Id(3).AsSubject, new DateOnly(2026, 2, 15)));
        var adjusted = entries.Single(entry => entry.Kind == JournalEntryKind.AllocationAdjusted);
        (adjusted.SubjectId, adjusted.EffectiveOn).ShouldBe((SampleLoans.Id(2).AsSubject, Today));
        adjusted.Postings.ShouldNotContain(posting => posting.Account == CollectionAccount);
    }

    [Fact]
    public void A_reversed_payment_leaves_the_ledger_as_if_it_had_never_happened()
    {
        var paid = SampleLoans.Repayment(2, new(2026, 2, 15), 106_619);
        var before = Replay(SampleLoans.Disbursement, paid);
        var after = Replay(SampleLoans.Disbursement, paid, SampleLoans.Reversal(3, Today, paid.Id));
        Sum(LoanPostings.Between(null, before, Today).Concat(LoanPostings.Between(before, after, Today)))
            .ShouldBe(LoanPostings.Position(Replay(SampleLoans.Disbursement)), ignoreOrder: true);
    }

    [Fact]
    public void An_overdue_penalty_is_booked_and_taken_back_once_the_payment_proves_to_be_on_time()
    {
        LoanEvent[] late = [SampleLoans.Disbursement];
        LoanEvent[] inTime = [.. late, SampleLoans.Repayment(2, new(2026, 2, 15), 106_619)];
        var day = new DateOnly(2026, 2, 20);
        var (before, after) = (
            Loan.Replay(SampleLoans.TermsWithPenalty, late, day),
            Loan.Replay(SampleLoans.TermsWithPenalty, inTime, day)
        );
        LoanPostings.Position(before)[PenaltyIncome].ShouldBeLessThan(Kobo(0));
        LoanPostings.Between(before, after, day).ShouldContain(entry => entry.Kind == JournalEntryKind.ChargeAdjusted);
        Sum(LoanPostings.Between(null, before, day).Concat(LoanPostings.Between(before, after, day)))
            .ShouldBe(LoanPostings.Position(after), ignoreOrder: true);
    }

    [Fact]
    public void In_any_order_of_events_the_differences_add_up_to_the_fold() =>
        Prop.ForAll(
                Histories().ToArbitrary(),
                events =>
                {
                    var posted = new List<JournalEntry>();
                    Loan? before = null;
                    for (var count = 1; count <= events.Length; count++)
                    {
                        var after = Loan.Replay(SampleLoans.TermsWithPenalty, events[..count], Today);
                        posted.AddRange(LoanPostings.Between(before, after, Today));
                        before = after;
                    }

                    var position = LoanPostings.Position(before!);
                    return Alike(Sum(posted), position)
                        && Of(LoanPrincipal) == before!.Outstanding.Principal
                        && Of(OwedToCustomer) == -before.Overpaid.MinorUnits
                        && Of(FeesReceivable) == before.Outstanding.Fees
                        && Of(PenaltiesReceivable) == before.Outstanding.Penalty;

                    long Of(LedgerAccount account) => position.GetValueOrDefault(account).MinorUnits;
                }
            )
            .ShouldHold();

    // Payments and charges on any day, and reversals of payments that came before.
    private static Gen<LoanEvent[]> Histories() =>
        from steps in Gen.ArrayOf(
            from kind in Gen.Choose(0, 9)
            from day in Gen.Choose(0, 130)
            from amount in Gen.Choose(1, 600_000)
            select (kind, day, amount)
        )
        select ToEvents(steps);

    private static LoanEvent[] ToEvents((int Kind, int Day, int Amount)[] steps)
    {
        var events = new List<LoanEvent> { SampleLoans.Disbursement };
        var standing = new List<LoanEventId>();
        foreach (var (kind, day, amount) in steps.Take(12))
        {
            var (sequence, on) = (events.Count + 1, SampleLoans.DisbursedOn.AddDays(day));
            if (kind < 6)
            {
                events.Add(SampleLoans.Repayment(sequence, on, amount));
                standing.Add(events[^1].Id);
            }
            else if (kind < 8)
            {
                var charge = kind == 6 ? ChargeKind.Fee : ChargeKind.Penalty;
                events.Add(SampleLoans.Charge(sequence, on, charge, amount / 100 + 1));
            }
            else if (standing.Count > 0)
            {
                events.Add(SampleLoans.Reversal(sequence, Today, standing[amount % standing.Count]));
                standing.RemoveAt(amount % standing.Count);
            }
        }

        return [.. events];
    }

    private static Loan Replay(params LoanEvent[] events) => Loan.Replay(SampleLoans.Terms, events, Today);

    private static Dictionary<LedgerAccount, Money> Sum(IEnumerable<JournalEntry> entries) =>
        entries
            .SelectMany(entry => entry.Postings)
            .GroupBy(posting => posting.Account)
            .Select(group => (group.Key, Sum: Money.Sum(group.Select(posting => posting.Amount), Naira)))
            .Where(account => !account.Sum.IsZero)
            .ToDictionary(account => account.Key, account => account.Sum);

    private static bool Alike(Dictionary<LedgerAccount, Money> left, IReadOnlyDictionary<LedgerAccount, Money> right) =>
        left.Count == right.Count
        && left.All(pair => right.TryGetValue(pair.Key, out var amount) && amount == pair.Value);
}
