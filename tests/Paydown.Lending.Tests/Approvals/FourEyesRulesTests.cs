using Paydown.Lending.Approvals;
using Paydown.Lending.Identifiers;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Approvals;

public sealed class FourEyesRulesTests
{
    private static readonly UserId Efe = new(Guid.Parse("01957ad2-7c00-7000-8000-00000000000a"));
    private static readonly UserId Femi = new(Guid.Parse("01957ad2-7c00-7000-8000-00000000000b"));

    [Fact]
    public void One_officer_is_enough_if_two_are_not_required()
    {
        FourEyesRules.Approve(needsTwo: false, null, Efe, isPerson: true).Value.ShouldBe(Approval.Final);
        FourEyesRules.Approve(needsTwo: false, null, Efe, isPerson: false).Value.ShouldBe(Approval.Final);
    }

    [Fact]
    public void Two_approvals_must_come_from_two_different_people()
    {
        FourEyesRules.Approve(needsTwo: true, null, Efe, isPerson: true).Value.ShouldBe(Approval.First);
        FourEyesRules
            .Approve(needsTwo: true, Efe, Efe, isPerson: true)
            .Refusal!.Code.ShouldBe("SECOND_OFFICER_REQUIRED");
        FourEyesRules.Approve(needsTwo: true, Efe, Femi, isPerson: true).Value.ShouldBe(Approval.Final);
        foreach (var first in (UserId?[])[null, Efe])
        {
            FourEyesRules
                .Approve(needsTwo: true, first, Femi, isPerson: false)
                .Refusal!.Code.ShouldBe("PERSON_REQUIRED");
        }
    }

    [Fact]
    public void Raising_the_limit_does_not_waive_the_second_approval()
    {
        FourEyesRules
            .Approve(needsTwo: false, Efe, Efe, isPerson: true)
            .Refusal!.Code.ShouldBe("SECOND_OFFICER_REQUIRED");
        FourEyesRules.Approve(needsTwo: false, Efe, Femi, isPerson: false).Refusal!.Code.ShouldBe("PERSON_REQUIRED");
        FourEyesRules.Approve(needsTwo: false, Efe, Femi, isPerson: true).Value.ShouldBe(Approval.Final);
    }

    [Theory]
    [InlineData(null, null, null, false)]
    [InlineData(null, 5L, 5L, true)]
    [InlineData(5L, null, 5L, false)]
    [InlineData(5L, 4L, 4L, true)]
    [InlineData(4L, 5L, 4L, false)]
    [InlineData(5L, 5L, 5L, false)]
    public void The_lower_limit_is_stricter_and_no_limit_is_the_weakest(
        long? after,
        long? before,
        long? stricter,
        bool isWeaker
    )
    {
        FourEyesRules.Stricter(Kobo(after), Kobo(before)).ShouldBe(Kobo(stricter));
        FourEyesRules.IsWeaker(Kobo(after), Kobo(before)).ShouldBe(isWeaker);
    }
}
