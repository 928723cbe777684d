using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;
using static Paydown.Lending.Tests.Applications.Offered;

namespace Paydown.Lending.Tests.Applications;

public sealed class DisbursementTests
{
    private static readonly LoanTerms Terms = ProductTerms.Of(Product, Kobo(12_000_00), 12, 12, Today);

    private static readonly DisbursementCase Accepted = new()
    {
        Status = ApplicationStatus.Accepted,
        TermsAreAccepted = true,
        On = Today,
        AcceptedTotal = null,
        Terms = Terms,
        Fees = [],
        Product = Product,
    };

    private static readonly DisbursementCase Split = Accepted with { Product = Product with { DisbursementsMax = 3 } };

    [Theory]
    [InlineData(null, true)]
    [InlineData("12000", true)]
    [InlineData("11999.99", false)]
    [InlineData("12000.01", false)]
    public void A_loan_without_tranches_is_paid_out_in_full(string? amount, bool isPaidOut)
    {
        var decided = Disbursement.Decide(Accepted, amount is null ? null : decimal.Parse(amount));
        if (isPaidOut)
            decided.Value.MinorUnits.ShouldBe(12_000_00);
        else
            decided.Refusal!.Errors.ShouldHaveSingleItem().Message.ShouldStartWith("must be 12000.00 NGN");
    }

    [Fact]
    public void Refusals_follow_their_order_of_precedence()
    {
        Disbursement
            .Decide(Accepted with { Status = ApplicationStatus.OfferSent, TermsAreAccepted = false }, 0)
            .Refusal!.Code.ShouldBe("APPLICATION_STATE");
        Disbursement
            .Decide(Accepted with { Status = ApplicationStatus.Disbursed }, null)
            .Refusal!.Code.ShouldBe("APPLICATION_STATE");
        Disbursement.Decide(Accepted with { TermsAreAccepted = false }, 0).Refusal!.Code.ShouldBe("TERMS_NOT_ACCEPTED");
        Disbursement
            .Decide(Running(0) with { Loan = LoanOf(Today, (Today, 1_200_00)) }, null)
            .Refusal!.Code.ShouldBe("LOAN_NOT_RUNNING");
        Disbursement.Decide(Running(12_000_00), null).Refusal!.Code.ShouldBe("FULLY_DISBURSED");
        Disbursement.Decide(Running(1_000_00, 1_000_00, 1_000_00), null).Refusal!.Code.ShouldBe("FULLY_DISBURSED");
        Disbursement.Decide(Running(1_000_00), 11_000.01m).Refusal!.Code.ShouldBe("VALIDATION_ERROR");
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(-1, "OFFER_EXCEEDED")]
    public void A_loan_never_costs_more_than_the_customer_accepted(long more, string? code)
    {
        var total = LoanOffer.Of(Terms, [], Today).TotalRepayment.MinorUnits;
        var wanted = Accepted with { AcceptedTotal = Kobo(total + more) };
        Disbursement.Decide(wanted, null).Refusal?.Code.ShouldBe(code);
        Disbursement.Decide(Split with { AcceptedTotal = Kobo(total + more) }, 5_000).Refusal?.Code.ShouldBe(code);
        var further = Running(5_000_00) with { AcceptedTotal = Kobo(total + more) };
        Disbursement.Decide(further, null).IsRefused.ShouldBeFalse();
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(45, false)]
    [InlineData(46, true)]
    public void A_first_due_date_that_is_now_too_close_needs_a_new_offer(int days, bool isRefused)
    {
        var terms = Terms with { FirstDueOn = Today.AddDays(days) };
        var wanted = Accepted with { Terms = terms, Product = Product with { FirstDue = new(5, 45) } };
        Disbursement.Decide(wanted, null).Refusal?.Code.ShouldBe(isRefused ? "FIRST_DUE_DATE_OUT_OF_RANGE" : null);
    }

    [Fact]
    public void Tranches_are_paid_out_until_nothing_is_left()
    {
        Disbursement.Decide(Split, 5_000).Value.MinorUnits.ShouldBe(5_000_00);
        Disbursement.Decide(Split, 0.01m).Value.MinorUnits.ShouldBe(1);
        Disbursement.Decide(Split, 0).IsRefused.ShouldBeTrue();
        Disbursement.Decide(Split, 0.001m).IsRefused.ShouldBeTrue();
        Disbursement.Decide(Running(5_000_00), null).Value.MinorUnits.ShouldBe(7_000_00);
        Disbursement.Decide(Running(5_000_00, 3_000_00), 1_000).Value.MinorUnits.ShouldBe(1_000_00);
    }

    [Fact]
    public void The_first_tranche_pays_the_fees_and_its_down_payment()
    {
        var fee = new OfferedFee("Fee", Kobo(90_00), FeeCharged.Deducted);
        var wanted = Split with
        {
            Terms = Terms with { DownPayment = new DownPayment(10, Automatic: true) },
            Fees = [fee],
        };
        Disbursement.Decide(wanted, 100).Value.MinorUnits.ShouldBe(100_00);
        Disbursement.Decide(wanted, 99.98m).IsRefused.ShouldBeTrue();
        Disbursement
            .LeavesSomething(
                Product with
                {
                    Fees = [new("All", FeeKind.Percent, Kobo(0), 100, FeeCharged.Deducted)],
                },
                Kobo(100)
            )
            .ShouldBeFalse();
    }

    [Fact]
    public void A_cumulative_loan_with_recalculated_interest_has_no_tranches()
    {
        var recalculated = Terms with
        {
            Recalculation = new(PreClosure.TillPreClosureDate, Reschedule.ReduceEmiAmount, RestFrequency.Daily, 1),
        };
        TrancheRules.CanBeSplit(recalculated).ShouldBeFalse();
        TrancheRules.CanBeSplit(recalculated with { ScheduleType = ScheduleType.Progressive }).ShouldBeTrue();
        Disbursement.Decide(Split with { Terms = recalculated }, 5_000).IsRefused.ShouldBeTrue();
        Disbursement.Decide(Split with { Terms = recalculated }, null).Value.MinorUnits.ShouldBe(12_000_00);
    }

    private static DisbursementCase Running(params IReadOnlyList<long> parts)
    {
        var events = parts
            .Select(
                (minor, index) =>
                    new Disbursed
                    {
                        Id = NextId<LoanEventId>(),
                        Sequence = index + 1,
                        On = Today,
                        Amount = Kobo(minor),
                    }
            )
            .ToList();
        return Split with { Status = ApplicationStatus.Disbursed, Loan = Loan.Replay(Terms, events, Today) };
    }
}
