using Paydown.Lending.Amounts;
using Paydown.Lending.Approvals;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;

namespace Paydown.Lending.Applications;

/// <summary>An application as the approving officer must see it.</summary>
public sealed record ApprovalCase
{
    public required ApplicationStatus Status { get; init; }

    /// <summary>The requested amount.</summary>
    public required Money Requested { get; init; }

    public required int RequestedDuration { get; init; }

    /// <summary>The requested first due date; null: one period after disbursement.</summary>
    public required DateOnly? RequestedFirstDueOn { get; init; }

    /// <summary>The business day of the approval.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The terms that the first of two officers approved; null: none yet.</summary>
    public required ApprovedTerms? First { get; init; }

    public required UserId? FirstApprovedBy { get; init; }

    /// <summary>
    /// The lowest four-eyes amount of the organisation since the application was made; null: it has had none. The
    /// product's own amount counts beside it, whichever is lower.
    /// </summary>
    public Money? FourEyesAbove { get; init; }
}

/// <summary>The terms that an officer names; terms left out are as requested, at the product's rate.</summary>
/// <param name="Amount">In major units, as it was sent.</param>
/// <param name="AnnualRatePercent">Percent a year.</param>
/// <param name="Duration">How many installments.</param>
/// <param name="FirstDueOn">The first due date.</param>
public sealed record WantedTerms(
    decimal? Amount,
    decimal? AnnualRatePercent,
    int? Duration,
    DateOnly? FirstDueOn = null
);

/// <summary>
/// Decides who may approve an application, and for which terms. The order of the refusals is tested.
/// </summary>
public static class ApprovalRules
{
    private const int RateDigitsMax = 6;

    /// <summary>The approved terms, and whether they are final.</summary>
    /// <param name="application">Null: the officer's organisation has none of this id.</param>
    /// <param name="product">The version that was applied for.</param>
    /// <param name="wanted">What the officer names.</param>
    /// <param name="officerId">Who approves.</param>
    /// <param name="isPerson">False for an API token, which never counts as one of the two officers.</param>
    public static Result<(ApprovedTerms Terms, Approval Approval)> Approve(
        ApprovalCase? application,
        LoanProduct? product,
        WantedTerms wanted,
        UserId officerId,
        bool isPerson = true
    )
    {
        if (application is null || product is null)
            return Refusals.NotFound("loan application");
        if (ApplicationStates.Check(application.Status, ApplicationStatus.Approved) is { } refusal)
            return refusal;
        var terms = Read(application, product, wanted);
        if (terms.IsRefused)
            return terms.Refusal;
        var above = FourEyesRules.Stricter(product.FourEyesAbove, application.FourEyesAbove);
        // Two officers agree on the same terms; other terms begin again.
        var approval = FourEyesRules.Approve(
            terms.Value.Amount > above,
            application.First == terms.Value ? application.FirstApprovedBy : null,
            officerId,
            isPerson
        );
        return approval.IsRefused ? approval.Refusal : (terms.Value, approval.Value);
    }

    private static Result<ApprovedTerms> Read(ApprovalCase application, LoanProduct product, WantedTerms wanted)
    {
        var errors = new List<FieldError>();
        var (least, most, amount) = (product.AmountMin, product.AmountMax, application.Requested);
        if (
            wanted.Amount is { } major
            && (!Money.TryFromMajor(major, product.Currency, out amount) || amount < least || amount > most)
        )
        {
            errors.Add(
                new(
                    "amount",
                    $"must be from {least} to {most}, with at most {product.Currency.FractionDigits} fraction digits."
                )
            );
        }

        var rate = wanted.AnnualRatePercent ?? product.AnnualRatePercent;
        if (
            rate < product.AnnualRatePercentMin
            || rate > product.AnnualRatePercentMax
            || decimal.Round(rate, RateDigitsMax, MidpointRounding.ToEven) != rate
        )
        {
            errors.Add(
                new(
                    "interestRate",
                    FormattableString.Invariant(
                        $"must be from {product.AnnualRatePercentMin} to {product.AnnualRatePercentMax} percent, "
                    ) + $"with at most {RateDigitsMax} fraction digits."
                )
            );
        }

        var duration = wanted.Duration ?? application.RequestedDuration;
        if (duration < product.DurationMin || duration > product.DurationMax)
            errors.Add(new("duration", $"must be from {product.DurationMin} to {product.DurationMax} installments."));
        var firstDueOn = wanted.FirstDueOn ?? application.RequestedFirstDueOn;
        if (FirstDueRules.Check(product, firstDueOn, application.On) is { } wrong)
            errors.Add(wrong);
        if (errors.Count > 0)
            return Refusals.ValidationFailed(errors);
        if (!Disbursement.LeavesSomething(product, amount))
            return Refusals.ValidationFailed(
                new FieldError("amount", "must be more than the fees that are kept back and the down payment.")
            );
        var terms = new ApprovedTerms(amount, rate, duration, firstDueOn);
        return ProductFit.FindMisfit(product, terms, application.On) is { } misfit
            ? Refusals.ValidationFailed(misfit)
            : terms;
    }
}
