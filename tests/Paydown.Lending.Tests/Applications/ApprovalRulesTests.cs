using Paydown.Lending.Amounts;
using Paydown.Lending.Applications;
using Paydown.Lending.Approvals;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Products;
using Shouldly;
using Xunit;
using static Paydown.Lending.Tests.Applications.Offered;

namespace Paydown.Lending.Tests.Applications;

public sealed class ApprovalRulesTests
{
    private static readonly UserId Efe = NextId<UserId>();
    private static readonly UserId Femi = NextId<UserId>();
    private static readonly WantedTerms AsAsked = new(null, null, null);
    private static readonly LoanProduct Large = Product with { FourEyesAbove = Kobo(10_000_00) };

    private static readonly ApprovalCase Case = new()
    {
        Status = ApplicationStatus.Requested,
        Requested = Kobo(12_000_00),
        RequestedDuration = 12,
        First = null,
        FirstApprovedBy = null,
        RequestedFirstDueOn = null,
        On = Today,
    };

    [Fact]
    public void Terms_left_out_are_as_requested_at_the_rate_of_the_product()
    {
        ApprovalRules
            .Approve(Case, Product, AsAsked, Efe)
            .Value.ShouldBe((new ApprovedTerms(Kobo(12_000_00), 12, 12), Approval.Final));
        ApprovalRules
            .Approve(Case, Product, new(10_000.5m, 15.25m, 6), Efe)
            .Value.ShouldBe((new ApprovedTerms(Kobo(10_000_50), 15.25m, 6), Approval.Final));
    }

    [Fact]
    public void Refusals_follow_their_order_of_precedence()
    {
        var wrong = new WantedTerms(1, 99, 100);
        ApprovalRules.Approve(null, Product, wrong, Efe).Refusal!.Code.ShouldBe("NOT_FOUND");
        ApprovalRules
            .Approve(Case with { Status = ApplicationStatus.Expired }, Product, wrong, Efe)
            .Refusal!.Code.ShouldBe("APPLICATION_STATE");
        ApprovalRules
            .Approve(Case, Product, wrong, Efe)
            .Refusal!.Errors.Select(error => error.Field)
            .ShouldBe(["amount", "interestRate", "duration"]);
        ApprovalRules
            .Approve(Case, Product, new(null, 12.0000001m, null), Efe)
            .Refusal!.Errors.ShouldHaveSingleItem()
            .Field.ShouldBe("interestRate");
    }

    [Fact]
    public void The_limits_of_the_product_themselves_are_approved()
    {
        foreach (var amount in (Money[])[Product.AmountMin, Product.AmountMax])
            ApprovalRules
                .Approve(Case, Product, AsAsked with { Amount = amount.Major }, Efe)
                .Value.Terms.Amount.ShouldBe(amount);
    }

    [Fact]
    public void Above_the_limit_two_officers_approve_the_same_terms()
    {
        var (terms, first) = ApprovalRules.Approve(Case, Large, AsAsked, Efe).Value;
        first.ShouldBe(Approval.First);
        var half = Case with { First = terms, FirstApprovedBy = Efe };
        ApprovalRules.Approve(half, Large, AsAsked, Efe).Refusal!.Code.ShouldBe("SECOND_OFFICER_REQUIRED");
        ApprovalRules.Approve(half, Large, AsAsked, Femi).Value.Approval.ShouldBe(Approval.Final);
        ApprovalRules.Approve(half, Large, new(11_000, null, null), Femi).Value.Approval.ShouldBe(Approval.First);
        ApprovalRules.Approve(half, Large, new(10_000, null, null), Efe).Value.Approval.ShouldBe(Approval.Final);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(10, null, true)]
    [InlineData(10, 45, true)]
    [InlineData(46, null, false)]
    [InlineData(4, null, false)]
    [InlineData(4, 5, true)]
    [InlineData(10, 4, false)]
    public void A_first_due_date_is_within_the_days_the_product_allows(int? asked, int? named, bool isRight)
    {
        DateOnly? On(int? days) => days is { } some ? Today.AddDays(some) : null;
        var approved = ApprovalRules.Approve(
            Case with
            {
                RequestedFirstDueOn = On(asked),
            },
            Product with
            {
                FirstDue = new(5, 45),
            },
            new(null, null, null, On(named)),
            Efe
        );
        if (isRight)
            approved.Value.Terms.FirstDueOn.ShouldBe(On(named ?? asked));
        else
            approved
                .Refusal!.Errors.ShouldHaveSingleItem()
                .Message.ShouldBe("must be from 2026-03-06 to 2026-04-15: 5 to 45 days after a payout on 2026-03-01.");
    }

    [Fact]
    public void A_first_due_date_needs_a_product_that_allows_it() =>
        ApprovalRules
            .Approve(Case, Product, new(null, null, null, Today.AddDays(20)), Efe)
            .Refusal!.Errors.ShouldHaveSingleItem()
            .Field.ShouldBe("firstDueDate");

    [Fact]
    public void The_lower_limit_of_product_and_organisation_applies()
    {
        var small = Case with { FourEyesAbove = Kobo(11_999_99) };
        ApprovalRules.Approve(small, Product, AsAsked, Efe).Value.Approval.ShouldBe(Approval.First);
        ApprovalRules
            .Approve(small with { FourEyesAbove = Kobo(12_000_00) }, Product, AsAsked, Efe)
            .Value.Approval.ShouldBe(Approval.Final);
        ApprovalRules
            .Approve(small with { FourEyesAbove = Kobo(12_000_00) }, Large, AsAsked, Efe)
            .Value.Approval.ShouldBe(Approval.First);
    }

    [Fact]
    public void A_loan_whose_fees_leave_nothing_is_not_approved() =>
        ApprovalRules
            .Approve(
                Case,
                Product with
                {
                    Fees = [new("All", FeeKind.Flat, Kobo(12_000_00), 0, FeeCharged.Deducted)],
                },
                AsAsked,
                Efe
            )
            .Refusal!.Errors.ShouldHaveSingleItem()
            .Field.ShouldBe("amount");
}
