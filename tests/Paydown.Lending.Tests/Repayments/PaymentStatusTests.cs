using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;
using static Paydown.Lending.Tests.Repayments.ExampleLoans;

namespace Paydown.Lending.Tests.Repayments;

public sealed class PaymentStatusTests
{
    [Theory]
    [InlineData(0, "2026-02-15", PaymentStatus.Pending, 0)]
    [InlineData(30_00, "2026-02-15", PaymentStatus.PartiallyPaid, 0)]
    [InlineData(0, "2026-02-16", PaymentStatus.Overdue, 1)]
    [InlineData(30_00, "2026-03-15", PaymentStatus.Overdue, 28)]
    [InlineData(100_00, "2026-03-15", PaymentStatus.Paid, 0)]
    public void The_first_installment_has_the_status(long paidMinor, string day, PaymentStatus status, int daysOverdue)
    {
        var on = DateOnly.Parse(day);
        var loan = paidMinor == 0 ? On(on) : On(on, Repayment(paidMinor, new(2026, 2, 1)));
        loan.Installments[0].StatusOn(on).ShouldBe(status);
        loan.Installments[0].DaysOverdueOn(on).ShouldBe(daysOverdue);
    }

    [Fact]
    public void An_installment_with_nothing_outstanding_is_paid_even_after_a_write_off()
    {
        var on = new DateOnly(2026, 2, 16);
        var writeOff = new LoanWrittenOff
        {
            Id = new(new Guid("00000000-0000-7000-8000-0000000000e1")),
            Sequence = 2,
            On = on,
        };
        var row = On(on, writeOff).Installments[0];
        row.StatusOn(on).ShouldBe(PaymentStatus.Paid);
        row.DaysOverdueOn(on).ShouldBe(0);
        row.WrittenOff.Total.ShouldBe(100_00);
    }
}
