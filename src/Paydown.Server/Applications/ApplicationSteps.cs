using Paydown.Lending.Applications;
using Paydown.Lending.Products;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Outbox;

namespace Paydown.Server.Applications;

/// <summary>
/// The steps that both the rules and officers take: approving, and sending the offer. The rules of Paydown.Lending have
/// already taken the decision.
/// </summary>
public static class ApplicationSteps
{
    /// <summary>Approves the application and publishes <c>loan.approved</c>.</summary>
    public static ApplicationChange Approve(ApplicationChange change, ApprovedTerms terms)
    {
        var approved = change
            .To(ApplicationStatus.Approved, $"Approved: {InWords(change.After, terms)}.")
            .With(stored => stored with { Approved = terms });
        return approved.MessageOf(EventType.LoanApproved, ApplicationPayload.Of(approved));
    }

    /// <summary>Sends the offer, which can be accepted until the end of its last day.</summary>
    /// <param name="change">The change so far.</param>
    /// <param name="zone">The organisation's time zone.</param>
    public static ApplicationChange SendOffer(ApplicationChange change, TimeZoneInfo zone)
    {
        var (stored, context) = (change.After, change.ActionContext);
        var offer = LoanOffer.Of(stored.Product, stored.Approved!, context.Today);
        var isFirst = stored.Offer is null;
        var lastOn = context.Today.AddDays(stored.Product.OfferValidDays);
        return change
            .To(
                ApplicationStatus.OfferSent,
                $"{(isFirst ? "Offer" : "New offer")} sent. It is valid until {lastOn:yyyy-MM-dd}."
            )
            .With(offered => offered with { Accepted = null, TermsAcceptedAt = null })
            .Offered(
                new SentOffer
                {
                    Number = (stored.Offer?.Number ?? 0) + 1,
                    Terms = offer.Terms,
                    Fees = offer.Fees,
                    TotalRepayment = offer.TotalRepayment,
                    AnnualPercentageRate = offer.AnnualPercentageRate,
                    SentBy = change.Actor,
                    SentAt = context.At,
                    ExpiresAt = StartOf(lastOn.AddDays(1), zone),
                }
            );
    }

    /// <summary>Accepts the offer as it is today.</summary>
    public static ApplicationChange Accept(ApplicationChange change)
    {
        var (stored, today) = (change.After, change.ActionContext.Today);
        var total = stored.Offer!.ToOffer(today).TotalRepayment;
        return change
            .To(
                ApplicationStatus.Accepted,
                $"The customer accepted the offer: {total} to repay if paid out on {today:yyyy-MM-dd}."
            )
            .With(accepted => accepted with { Accepted = new AcceptedOffer(total, today) });
    }

    /// <summary>Records that an offer has expired. No person did it, so the audit trail names none.</summary>
    public static ApplicationChange Expire(StoredApplication stored, ActionContext context) =>
        ApplicationChange
            .Begin(stored, context)
            .Automatically()
            .To(ApplicationStatus.Expired, "The offer was not answered in time.");

    /// <summary>Approved terms in words.</summary>
    public static string InWords(StoredApplication stored, ApprovedTerms terms) =>
        FormattableString.Invariant($"{terms.Amount} at {terms.AnnualRatePercent} % for {terms.Duration} installments");

    private static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
