using Paydown.Lending.Applications;
using Paydown.Lending.Approvals;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Applications;

/// <summary>
/// A manager approves an application. Above the four-eyes amount of the product or the organisation, whichever is
/// lower, the first manager's terms are recorded and a second manager must approve the same terms.
/// </summary>
public sealed class ApproveApplication(DecideApplication decisions, Ids ids) : IUseCase
{
    private static readonly Field<decimal?> Amount = Field
        .Amount("amount", "The approved amount, within the product's limits. Absent: the requested amount.")
        .Optional()
        .WithExample(500000);
    private static readonly Field<decimal?> InterestRate = Field
        .Rate(
            "interestRate",
            "The approved interest rate in percent per year, within the product's range. Absent: the product's "
                + "rate.",
            0,
            1_000
        )
        .Optional()
        .WithExample(24);
    private static readonly Field<int?> Duration = Field
        .Integer(
            "duration",
            "The approved number of installments, within the product's limits. Absent: the requested number.",
            1,
            600
        )
        .Optional()
        .WithExample(12);
    private static readonly Field<DateOnly?> FirstDueDate = Field
        .Date(
            FirstDueRules.Field,
            "The first due date, within the product's range of days after payout. Absent: the requested date, or one "
                + "period after payout."
        )
        .Optional()
        .NotInExamples();

    public static Contract Contract { get; } =
        new Contract("Approve an application and its terms")
            .Reads(Amount, InterestRate, Duration, FirstDueDate)
            .Returns<OfficerApplication>()
            .Refuses(
                Refusals.NotFound("loan application"),
                Refusals.ApplicationStateForbids("REJECTED", "APPROVED", ["REQUESTED"]),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired(),
                Refusals.ValidationFailed()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        decisions.RunAsync(
            call,
            (stored, _, context) =>
            {
                var approval = ApprovalRules.Approve(
                    stored.ToApprovalCase(context),
                    stored.Product,
                    WantedOf(call.Body),
                    context.By,
                    !call.Caller.IsApiToken
                );
                if (approval.IsRefused)
                    return approval.Refusal;
                var (terms, kind) = approval.Value;
                var change = ApplicationChange.Begin(stored, context);
                return kind == Approval.First
                    ? ApprovedFirst(change, terms)
                    : ApplicationSteps
                        .Approve(change, terms)
                        .Recorded(ids, "APPLICATION_APPROVED", DetailOf(stored, terms));
            },
            stored =>
                stored.Status == ApplicationStatus.Approved
                    ? "The application is approved."
                    : AwaitedApproval.Message("the application is approved")
        );

    private ApplicationChange ApprovedFirst(ApplicationChange change, ApprovedTerms terms)
    {
        var note = $"Approved by the first of two officers: {ApplicationSteps.InWords(change.After, terms)}.";
        return change
            .To(ApplicationStatus.Requested, note)
            .With(stored => stored with { Approved = terms, FirstApprovedBy = change.ActionContext.By })
            .Recorded(ids, "APPLICATION_APPROVED_FIRST", DetailOf(change.After, terms));
    }

    private static WantedTerms WantedOf(FieldValues body) =>
        new(body.Get(Amount), body.Get(InterestRate), body.Get(Duration), body.Get(FirstDueDate));

    private static object DetailOf(StoredApplication stored, ApprovedTerms terms) =>
        new
        {
            Amount = terms.Amount,
            InterestRate = terms.AnnualRatePercent,
            terms.Duration,
            FirstDueDate = terms.FirstDueOn,
        };
}
