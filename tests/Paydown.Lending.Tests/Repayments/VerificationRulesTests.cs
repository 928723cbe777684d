using Paydown.Lending.Repayments;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Repayments;

public sealed class VerificationRulesTests
{
    private static readonly Guid Cashier = Guid.Parse("01957ad2-7c00-7000-8000-00000000000a");
    private static readonly Guid Manager = Guid.Parse("01957ad2-7c00-7000-8000-00000000000b");

    private static readonly RepaymentCase Pending = new()
    {
        Status = RepaymentStatus.PendingVerification, AmountMinor = 100, FirstApprovedBy = null,
        FourEyesAboveMinor = null,
    };

    // Each case breaks all rules after the one that wins.
    [Fact]
    public void Refusals_win_in_their_order()
    {
        VerificationRules.Verify(null, Cashier).Refusal!.Code.ShouldBe("NOT_FOUND");
        var decided =
            Pending with { Status = RepaymentStatus.Rejected, FourEyesAboveMinor = 10, FirstApprovedBy = Cashier };
        VerificationRules.Verify(decided, Cashier).Refusal!.Code.ShouldBe("ALREADY_DECIDED");
        var approved = decided with { Status = RepaymentStatus.PendingVerification };
        VerificationRules.Verify(approved, Cashier, isPerson: false).Refusal!.Code.ShouldBe("PERSON_REQUIRED");
        VerificationRules.Verify(approved, Cashier).Refusal!.Code.ShouldBe("SECOND_OFFICER_REQUIRED");
        VerificationRules.Verify(approved, Manager).Value.ShouldBe(Approval.Final);
    }

    [Fact]
    public void Below_the_four_eyes_amount_an_api_token_verifies_and_above_it_is_neither_of_the_two()
    {
        VerificationRules.Verify(Pending, Cashier, isPerson: false).Value.ShouldBe(Approval.Final);
        var large = Pending with { FourEyesAboveMinor = 99 };
        VerificationRules.Verify(large, Cashier, isPerson: false).Refusal!.Code.ShouldBe("PERSON_REQUIRED");
        var approved = large with { FirstApprovedBy = Manager };
        VerificationRules.Verify(approved, Cashier, isPerson: false).Refusal!.Code.ShouldBe("PERSON_REQUIRED");
    }

    [Fact]
    public void The_officer_who_recorded_it_verifies_it_neither_alone_nor_as_one_of_two()
    {
        var recorded = Pending with { RecordedBy = Cashier };
        VerificationRules.Verify(recorded, Cashier).Refusal!.Code.ShouldBe("RECORDER_CANNOT_VERIFY");
        VerificationRules.Verify(recorded, Manager).Value.ShouldBe(Approval.Final);
        VerificationRules.Verify(recorded, Manager, isPerson: false).Refusal!.Code.ShouldBe("PERSON_REQUIRED");
        var large = recorded with { FourEyesAboveMinor = 99 };
        VerificationRules.Verify(large, Cashier).Refusal!.Code.ShouldBe("RECORDER_CANNOT_VERIFY");
        VerificationRules.Verify(large with { FirstApprovedBy = Manager }, Cashier).Refusal!.Code
            .ShouldBe("RECORDER_CANNOT_VERIFY");
    }

    [Fact]
    public void A_first_approval_needs_its_second_whatever_becomes_of_the_limit()
    {
        foreach (var above in (long?[])[null, 100, 99])
        {
            var approved = Pending with { FourEyesAboveMinor = above, FirstApprovedBy = Cashier };
            VerificationRules.Verify(approved, Cashier).Refusal!.Code.ShouldBe("SECOND_OFFICER_REQUIRED");
            VerificationRules.Verify(approved, Manager).Value.ShouldBe(Approval.Final);
            approved.ApprovalsNeeded.ShouldBe(1);
        }

        (Pending with { FourEyesAboveMinor = 99 }).ApprovalsNeeded.ShouldBe(2);
        Pending.ApprovalsNeeded.ShouldBe(1);
        (Pending with { Status = RepaymentStatus.Rejected }).ApprovalsNeeded.ShouldBe(0);
    }

    [Theory]
    [InlineData(RepaymentStatus.Verified, "VERIFIED")]
    [InlineData(RepaymentStatus.Rejected, "REJECTED")]
    [InlineData(RepaymentStatus.Reversed, "REVERSED")]
    public void What_is_decided_stays_decided_and_the_answer_says_how(RepaymentStatus status, string word)
    {
        VerificationRules.Verify(Pending with { Status = status }, Cashier).Refusal!.Message.ShouldContain(word);
        VerificationRules.Reject(Pending with { Status = status })!.Code.ShouldBe("ALREADY_DECIDED");
    }

    [Theory]
    [InlineData(100L, Approval.Final)]
    [InlineData(99L, Approval.First)]
    [InlineData(0L, Approval.First)]
    [InlineData(null, Approval.Final)]
    public void Only_an_amount_above_the_limit_needs_two_officers(long? above, Approval expected) =>
        VerificationRules.Verify(Pending with { FourEyesAboveMinor = above }, Cashier).Value.ShouldBe(expected);

    [Fact]
    public void Only_verified_money_is_taken_back_and_only_once()
    {
        VerificationRules.Reverse(null)!.Code.ShouldBe("NOT_FOUND");
        VerificationRules.Reverse(Pending)!.Code.ShouldBe("REPAYMENT_NOT_VERIFIED");
        VerificationRules.Reverse(Pending with { Status = RepaymentStatus.Verified }).ShouldBeNull();
        VerificationRules.Reverse(Pending with { Status = RepaymentStatus.Reversed })!.Code.ShouldBe("ALREADY_DECIDED");
        VerificationRules.Reverse(Pending with { Status = RepaymentStatus.Rejected })!.Code.ShouldBe("ALREADY_DECIDED");
    }

    [Fact]
    public void One_officer_suffices_to_reject()
    {
        VerificationRules.Reject(null)!.Code.ShouldBe("NOT_FOUND");
        VerificationRules.Reject(Pending with { FourEyesAboveMinor = 10, FirstApprovedBy = Cashier }).ShouldBeNull();
    }
}
