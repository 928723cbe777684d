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
        VerificationRules.Verify(approved, Manager).Value.ShouldBe(Verification.Verified);
    }

    [Fact]
    public void Below_the_four_eyes_amount_an_api_token_verifies_and_above_it_is_neither_of_the_two()
    {
        VerificationRules.Verify(Pending, Cashier, isPerson: false).Value.ShouldBe(Verification.Verified);
        var large = Pending with { FourEyesAboveMinor = 99 };
        VerificationRules.Verify(large, Cashier, isPerson: false).Refusal!.Code.ShouldBe("PERSON_REQUIRED");
        var approved = large with { FirstApprovedBy = Manager };
        VerificationRules.Verify(approved, Cashier, isPerson: false).Refusal!.Code.ShouldBe("PERSON_REQUIRED");
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
    [InlineData(100L, Verification.Verified)]
    [InlineData(99L, Verification.FirstApproval)]
    [InlineData(0L, Verification.FirstApproval)]
    [InlineData(null, Verification.Verified)]
    public void Only_an_amount_above_the_limit_needs_two_officers(long? above, Verification expected) =>
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
