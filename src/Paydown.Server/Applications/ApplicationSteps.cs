using Paydown.Lending.Applications;
using Paydown.Lending.Products;
using Paydown.Server.Platform;

namespace Paydown.Server.Applications;

/// <summary>
/// The steps that the rules and officers take alike: to approve, and to send the offer. Pure but for the ids it gives;
/// the decision itself was taken by the rules of Paydown.Lending.
/// </summary>
public sealed class ApplicationSteps(Ids ids)
{
    /// <summary>It is approved, and the outside is told.</summary>
    public ApplicationChange Approve(ApplicationChange change, ApprovedTerms terms)
    {
        var approved = change
            .To(ApplicationStatus.Approved, $"Approved: {InWords(change.After, terms)}.")
            .With(stored => stored with { Approved = terms });
        return approved.MessageOf(ids, "loan.approved", ApplicationPayload.Of(approved));
    }

    /// <summary>The offer is sent; it can be accepted until the end of its last day.</summary>
    /// <param name="change">The change so far.</param>
    /// <param name="zone">The organisation's.</param>
    public ApplicationChange SendOffer(ApplicationChange change, TimeZoneInfo zone)
    {
        var (stored, context) = (change.After, change.ActionContext);
        var offer = LoanOffer.Of(stored.Product, stored.Approved!, context.Today);
        var isFirst = stored.Offer is null;
        var lastOn = context.Today.AddDays(stored.Product.OfferValidDays);
        return change
            .To(
                ApplicationStatus.OfferSent,
                $"{(isFirst ? "Offer" : "New offer")} sent; it holds until {lastOn:yyyy-MM-dd}."
            )
            .With(offered => offered with { Accepted = null, TermsAcceptedAt = null })
            .Offered(
                new SentOffer
                {
                    Number = (stored.Offer?.Number ?? 0) + 1,
                    Terms = offer.Terms,
                    Fees = offer.Fees,
                    TotalRepaymentMinor = offer.TotalRepaymentMinor,
                    AnnualPercentageRate = offer.AnnualPercentageRate,
                    SentBy = change.Actor,
                    SentAt = context.At,
                    ExpiresAt = StartOf(lastOn.AddDays(1), zone),
                }
            );
    }

    /// <summary>The customer agrees to the offer as it stands today.</summary>
    public static ApplicationChange Accept(ApplicationChange change)
    {
        var (stored, today) = (change.After, change.ActionContext.Today);
        var total = stored.Offer!.ToOffer(today).TotalRepaymentMinor;
        return change
            .To(
                ApplicationStatus.Accepted,
                $"The customer accepted the offer: {stored.Money(total)} to pay back if paid out on {today:yyyy-MM-dd}."
            )
            .With(accepted => accepted with { Accepted = new AcceptedOffer(total, today) });
    }

    /// <summary>An offer that nobody answered in time; nobody is to blame, so the trail names no one.</summary>
    public static ApplicationChange Expire(StoredApplication stored, ActionContext context) =>
        ApplicationChange
            .Begin(stored, context)
            .Automatically()
            .To(ApplicationStatus.Expired, "The offer was not answered in time.");

    /// <summary>Approved terms as people read them.</summary>
    public static string InWords(StoredApplication stored, ApprovedTerms terms) =>
        FormattableString.Invariant(
            $"{stored.Money(terms.AmountMinor)} at {terms.AnnualRatePercent} % for {terms.Duration} installments"
        );

    private static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
