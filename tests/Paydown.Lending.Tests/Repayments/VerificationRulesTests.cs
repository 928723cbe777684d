using Paydown.Lending.Amounts;
using Paydown.Lending.Approvals;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Repayments;

public sealed class VerificationRulesTests
{
    private static readonly UserId Cashier = new(Guid.Parse("01957ad2-7c00-7000-8000-00000000000a"));
    private static readonly UserId Manager = new(Guid.Parse("01957ad2-7c00-7000-8000-00000000000b"));

    private static readonly DateOnly Today = new(2026, 3, 15);

    private static readonly RepaymentCase Pending = new()
    {
        Status = RepaymentStatus.PendingVerification,
        Amount = Kobo(100),
        PaidOn = Today.AddDays(-1),
        DisbursedOn = Today.AddDays(-30),
        FirstApprovedBy = null,
        FourEyesAbove = null,
    };

    // Each case breaks all rules after the one that wins.
    [Fact]
    public void Refusals_follow_their_order_of_precedence()
    {
        Verify(null, Cashier).Refusal!.Code.ShouldBe("NOT_FOUND");
        var decided = Pending with
        {
            Status = RepaymentStatus.Rejected,
            FourEyesAbove = Kobo(10),
            FirstApprovedBy = Cashier,
        };
        Verify(decided, Cashier).Refusal!.Code.ShouldBe("ALREADY_DECIDED");
        var approved = decided with { Status = RepaymentStatus.PendingVerification };
        Verify(approved, Cashier, isPerson: false).Refusal!.Code.ShouldBe("PERSON_REQUIRED");
        Verify(approved, Cashier).Refusal!.Code.ShouldBe("SECOND_OFFICER_REQUIRED");
        Verify(approved, Manager).Value.ShouldBe(Approval.Final);
    }

    [Fact]
    public void An_API_token_verifies_up_to_the_four_eyes_amount_and_never_above_it()
    {
        Verify(Pending, Cashier, isPerson: false).Value.ShouldBe(Approval.Final);
        var large = Pending with { FourEyesAbove = Kobo(99) };
        Verify(large, Cashier, isPerson: false).Refusal!.Code.ShouldBe("PERSON_REQUIRED");
        var approved = large with { FirstApprovedBy = Manager };
        Verify(approved, Cashier, isPerson: false).Refusal!.Code.ShouldBe("PERSON_REQUIRED");
    }

    [Fact]
    public void The_officer_who_recorded_a_repayment_never_verifies_it()
    {
        var recorded = Pending with { RecordedBy = Cashier };
        Verify(recorded, Cashier).Refusal!.Code.ShouldBe("RECORDER_CANNOT_VERIFY");
        Verify(recorded, Manager).Value.ShouldBe(Approval.Final);
        Verify(recorded, Manager, isPerson: false).Refusal!.Code.ShouldBe("PERSON_REQUIRED");
        var large = recorded with { FourEyesAbove = Kobo(99) };
        Verify(large, Cashier).Refusal!.Code.ShouldBe("RECORDER_CANNOT_VERIFY");
        Verify(large with { FirstApprovedBy = Manager }, Cashier).Refusal!.Code.ShouldBe("RECORDER_CANNOT_VERIFY");
    }

    [Fact]
    public void A_first_approval_needs_a_second_even_if_the_limit_changes()
    {
        foreach (var above in (long?[])[null, 100, 99])
        {
            var approved = Pending with { FourEyesAbove = Kobo(above), FirstApprovedBy = Cashier };
            Verify(approved, Cashier).Refusal!.Code.ShouldBe("SECOND_OFFICER_REQUIRED");
            Verify(approved, Manager).Value.ShouldBe(Approval.Final);
            approved.ApprovalsNeeded.ShouldBe(1);
        }

        (Pending with { FourEyesAbove = Kobo(99) }).ApprovalsNeeded.ShouldBe(2);
        Pending.ApprovalsNeeded.ShouldBe(1);
        (Pending with { Status = RepaymentStatus.Rejected }).ApprovalsNeeded.ShouldBe(0);
    }

    [Theory]
    [InlineData(RepaymentStatus.Verified, "VERIFIED")]
    [InlineData(RepaymentStatus.Rejected, "REJECTED")]
    [InlineData(RepaymentStatus.Reversed, "REVERSED")]
    public void A_decided_repayment_stays_decided_and_the_refusal_gives_its_status(RepaymentStatus status, string word)
    {
        Verify(Pending with { Status = status }, Cashier).Refusal!.Message.ShouldContain(word);
        VerificationRules.Reject(Pending with { Status = status })!.Code.ShouldBe("ALREADY_DECIDED");
    }

    [Theory]
    [InlineData(100L, Approval.Final)]
    [InlineData(99L, Approval.First)]
    [InlineData(0L, Approval.First)]
    [InlineData(null, Approval.Final)]
    public void Only_an_amount_above_the_limit_needs_two_officers(long? above, Approval expected) =>
        Verify(Pending with { FourEyesAbove = Kobo(above) }, Cashier).Value.ShouldBe(expected);

    [Fact]
    public void Only_a_verified_repayment_is_reversed_and_only_once()
    {
        VerificationRules.Reverse(null)!.Code.ShouldBe("NOT_FOUND");
        VerificationRules.Reverse(Pending)!.Code.ShouldBe("REPAYMENT_NOT_VERIFIED");
        VerificationRules.Reverse(Pending with { Status = RepaymentStatus.Verified }).ShouldBeNull();
        VerificationRules.Reverse(Pending with { Status = RepaymentStatus.Reversed })!.Code.ShouldBe("ALREADY_DECIDED");
        VerificationRules.Reverse(Pending with { Status = RepaymentStatus.Rejected })!.Code.ShouldBe("ALREADY_DECIDED");
    }

    [Fact]
    public void One_officer_can_reject()
    {
        VerificationRules.Reject(null)!.Code.ShouldBe("NOT_FOUND");
        VerificationRules.Reject(Pending with { FourEyesAbove = Kobo(10), FirstApprovedBy = Cashier }).ShouldBeNull();
    }

    [Fact]
    public void A_correction_needs_a_reason_and_counts_from_the_corrected_date()
    {
        Corrected(Pending, 1.04m, Today, null).Refusal!.Errors.Single().Field.ShouldBe("reason");
        Corrected(Pending, 1.04m, Today, "Bank fee")
            .Value.ShouldBe(new ApprovedRepayment(Approval.Final, new(Kobo(104), Today)));
        Corrected(Pending, null, Today, "Late").Value.Terms.ShouldBe(new RepaymentTerms(Kobo(100), Today));
        Corrected(Pending, 0.99m, null, "Fee").Value.Terms.ShouldBe(new RepaymentTerms(Kobo(99), Today.AddDays(-1)));
        // What equals the report corrects nothing.
        Corrected(Pending, 1.00m, Today.AddDays(-1), null).Value.Terms.ShouldBe(Pending.Reported);
        Corrected(Pending, null, null, "Alone").Refusal!.Errors.Single().Field.ShouldBe("reason");
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-1", 0)]
    [InlineData("1.001", 0)]
    [InlineData("10000000000000.01", 0)]
    [InlineData("1", 1)]
    [InlineData("1", -31)]
    public void A_correction_stays_within_limits_and_every_error_is_returned(string amount, int days)
    {
        Corrected(Pending, decimal.Parse(amount), Today.AddDays(days), "x").Refusal!.Code.ShouldBe("VALIDATION_ERROR");
        Corrected(Pending, 0, Today.AddDays(1), null)
            .Refusal!.Errors.Select(error => error.Field)
            .ShouldBe(["amount", "paymentDate", "reason"]);
    }

    [Fact]
    public void Both_officers_approve_the_same_terms_and_new_terms_restart_the_count()
    {
        var large = Pending with { FourEyesAbove = Kobo(99) };
        Corrected(large, 1.04m, null, "Fee").Value.Approval.ShouldBe(Approval.First);
        var first = large with { FirstApprovedBy = Cashier, FirstTerms = new(Kobo(104), Pending.PaidOn) };
        // The second one confirms the correction, and needs no reason for it.
        Corrected(first, 1.04m, null, null)
            .Value.ShouldBe(new ApprovedRepayment(Approval.Final, new(Kobo(104), first.PaidOn)));
        Corrected(first, 1.04m, null, null, Cashier).Refusal!.Code.ShouldBe("SECOND_OFFICER_REQUIRED");
        Corrected(first, null, null, null).Value.ShouldBe(new ApprovedRepayment(Approval.First, Pending.Reported));
        Corrected(first, 1.05m, null, "No, this").Value.Approval.ShouldBe(Approval.First);
        Corrected(first, 1.05m, null, "I erred", Cashier).Value.Approval.ShouldBe(Approval.First);
    }

    // Otherwise one officer could take a large report below the limit, or a small one above it.
    [Fact]
    public void A_correction_across_the_limit_still_needs_two_officers()
    {
        Corrected(Pending with { FourEyesAbove = Kobo(99) }, 0.50m, null, "x").Value.Approval.ShouldBe(Approval.First);
        Corrected(Pending with { FourEyesAbove = Kobo(100) }, 1.01m, null, "x").Value.Approval.ShouldBe(Approval.First);
    }

    [Fact]
    public void A_future_payment_is_verified_on_its_day_or_with_a_corrected_date()
    {
        var ahead = Pending with { PaidOn = Today.AddDays(1) };
        Corrected(ahead, null, null, null).Refusal!.Code.ShouldBe("PAYMENT_DATE_AHEAD");
        Corrected(ahead, null, Today, "It is there already").Value.Terms.PaidOn.ShouldBe(Today);
        VerificationRules
            .Verify(ahead, Correction.None, Today.AddDays(1), Manager)
            .Value.Approval.ShouldBe(Approval.Final);
    }

    [Fact]
    public void A_report_can_be_withdrawn_until_an_officer_approves_it()
    {
        VerificationRules.Withdraw(null)!.Code.ShouldBe("NOT_FOUND");
        VerificationRules.Withdraw(Pending).ShouldBeNull();
        VerificationRules
            .Withdraw(Pending with { Status = RepaymentStatus.Rejected, RecordedBy = Cashier })!
            .Code.ShouldBe("ALREADY_DECIDED");
        VerificationRules
            .Withdraw(Pending with { RecordedBy = Cashier, FirstApprovedBy = Manager })!
            .Message.ShouldStartWith("The lender recorded this repayment");
        VerificationRules
            .Withdraw(Pending with { FirstApprovedBy = Cashier })!
            .Message.ShouldStartWith("An officer has already approved this repayment");
    }

    private static Result<ApprovedRepayment> Corrected(
        RepaymentCase repayment,
        decimal? amount,
        DateOnly? paidOn,
        string? reason,
        UserId? officer = null
    ) => VerificationRules.Verify(repayment, new(amount, paidOn, reason), Today, officer ?? Manager);

    private static Result<Approval> Verify(RepaymentCase? repayment, UserId officerId, bool isPerson = true)
    {
        var approved = VerificationRules.Verify(repayment, Correction.None, Today, officerId, isPerson);
        return approved.IsRefused ? approved.Refusal : approved.Value.Approval;
    }
}
