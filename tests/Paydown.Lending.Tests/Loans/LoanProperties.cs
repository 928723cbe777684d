using FsCheck;
using FsCheck.Fluent;
using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Lending.Tests.Endurance;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Loans;

/// <summary>What holds for every loan and every history.</summary>
public sealed class LoanProperties
{
    private static readonly LoanEventKind[] MoneyIn =
    [
        LoanEventKind.Repayment,
        LoanEventKind.DownPayment,
        LoanEventKind.GoodwillCredit,
        LoanEventKind.MerchantIssuedRefund,
        LoanEventKind.PayoutRefund,
    ];

    [Fact]
    public void Nothing_is_created_lost_or_paid_beyond_what_is_owed() =>
        ForAnySeed(seed =>
        {
            var loan = RandomLoan.WithAnything(seed).Replay();
            var due = loan.Installments.Aggregate(
                default(ComponentAmounts),
                (sum, installment) => sum + installment.Due
            );
            (loan.Disbursed.MinorUnits + loan.Returned.MinorUnits).ShouldBe(
                loan.Paid.Principal + loan.Outstanding.Principal + loan.WrittenOff.Principal
            );
            due.ShouldBe(loan.Paid + loan.Outstanding);
            foreach (var installment in loan.Installments)
            foreach (var component in Enum.GetValues<Component>())
                installment.Outstanding[component].ShouldBeGreaterThanOrEqualTo(0);
            if (loan.Overpaid.MinorUnits > 0)
                loan.Outstanding.Total.ShouldBe(0);
        });

    [Fact]
    public void Every_payment_is_the_sum_of_its_parts_and_its_overpayment() =>
        ForAnySeed(seed =>
        {
            var loan = RandomLoan.WithAnything(seed).Replay();
            var paid = default(ComponentAmounts);
            var overpaid = 0L;
            foreach (var transaction in loan.Transactions.Where(each => !each.IsReversed))
            {
                if (transaction.Kind is LoanEventKind.CreditBalanceRefund or LoanEventKind.Chargeback)
                    overpaid -= transaction.Overpaid.MinorUnits;
                if (!MoneyIn.Contains(transaction.Kind))
                    continue;
                (transaction.Components.Total + transaction.Overpaid.MinorUnits).ShouldBe(
                    transaction.Amount.MinorUnits
                );
                transaction
                    .Lines.Aggregate(default(ComponentAmounts), (sum, line) => sum + line.Components)
                    .ShouldBe(transaction.Components);
                paid += transaction.Components;
                overpaid += transaction.Overpaid.MinorUnits;
            }

            loan.Paid.ShouldBe(paid);
            loan.Overpaid.MinorUnits.ShouldBe(overpaid);
        });

    [Fact]
    public void The_order_in_which_events_are_given_does_not_matter() =>
        ForAnySeed(seed =>
        {
            var random = RandomLoan.WithAnything(seed);
            var shuffled = random.Events.ToArray();
            new Random(seed).Shuffle(shuffled);
            ShouldBeTheSame(Loan.Replay(random.Terms, shuffled, random.AsOf), random.Replay());
        });

    [Fact]
    public void A_backdated_payment_counts_as_if_it_had_come_in_order() =>
        ForAnySeed(seed =>
        {
            var random = RandomLoan.WithPayments(seed);
            var payments = random.Events.OfType<PaymentReceived>().ToArray();
            if (payments.Length == 0)
                return;
            var late = payments[new Random(seed).Next(payments.Length)];
            var recordedLate = random
                .Events.Select(loanEvent => loanEvent == late ? late with { Sequence = 1_000 } : loanEvent)
                .ToArray();
            ShouldBeTheSame(Loan.Replay(random.Terms, recordedLate, random.AsOf), random.Replay());
        });

    [Fact]
    public void A_reversed_payment_counts_as_if_it_had_never_happened() =>
        ForAnySeed(seed =>
        {
            var random = RandomLoan.WithPayments(seed);
            var payment = new PaymentReceived
            {
                Id = History.IdOf(500),
                Sequence = 500,
                On = random.AsOf,
                Amount = new Money(777, random.Terms.Currency),
            };
            var reversal = new EventReversed
            {
                Id = History.IdOf(501),
                Sequence = 501,
                On = random.AsOf,
                EventId = payment.Id,
            };
            var reversed = Loan.Replay(random.Terms, [.. random.Events, payment, reversal], random.AsOf);
            ShouldBeTheSame(reversed, random.Replay());
            reversed.Transactions.ShouldContain(shown => shown.EventId == payment.Id && shown.IsReversed);
        });

    [Fact]
    public void Paying_the_quote_closes_the_loan() =>
        ForAnySeed(seed =>
        {
            var random = RandomLoan.WithPayments(seed);
            var quote = PayoffQuote.For(random.Terms, random.Events, random.AsOf);
            if (quote.Total.MinorUnits == 0)
                return;
            var payment = new PaymentReceived
            {
                Id = History.IdOf(500),
                Sequence = 500,
                On = random.AsOf,
                Amount = quote.Total,
            };
            var closed = Loan.Replay(random.Terms, [.. random.Events, payment], random.AsOf);
            closed.Outstanding.ShouldBe(default);
            closed.Overpaid.MinorUnits.ShouldBe(0);
            closed.Status.ShouldBe(LoanStatus.Closed);
            closed.Transactions.Single(shown => shown.EventId == payment.Id).Components.ShouldBe(quote.Components);
        });

    private static void ShouldBeTheSame(Loan left, Loan right)
    {
        left.Installments.ShouldBe(right.Installments);
        left.Outstanding.ShouldBe(right.Outstanding);
        left.Paid.ShouldBe(right.Paid);
        left.Overpaid.MinorUnits.ShouldBe(right.Overpaid.MinorUnits);
        left.Status.ShouldBe(right.Status);
        left.Payoff.ShouldBe(right.Payoff);
    }

    private static void ForAnySeed(Action<int> holds) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), holds).ShouldHold(cases: 150);
}
