using Paydown.Lending.Amounts;

namespace Paydown.Lending.Outcomes;

/// <content>Applications, offers and disbursement.</content>
public static partial class Refusals
{
    /// <summary>The product takes no applications.</summary>
    public static Refusal ProductClosed() =>
        new(
            RefusalKind.Conflict,
            "PRODUCT_CLOSED",
            "Product Closed",
            "This product is closed for applications; list-products returns the open ones."
        );

    /// <summary>Of each product a customer has at most one application that may still become a loan.</summary>
    public static Refusal ApplicationOpen() =>
        new(
            RefusalKind.Conflict,
            "APPLICATION_OPEN",
            "Application Open",
            "There is an open application for this product already; wait for its decision, or cancel it."
        );

    /// <summary>This step is impossible in the application's status.</summary>
    /// <param name="status">The current status.</param>
    /// <param name="wanted">What it cannot become.</param>
    /// <param name="from">The statuses from which it is possible.</param>
    public static Refusal ApplicationStateForbids(string status, string wanted, IReadOnlyList<string> from) =>
        new(
            RefusalKind.Conflict,
            "APPLICATION_STATE",
            "Application State",
            $"This application is {status}; it can become {wanted} only from {string.Join(" or ", from)}."
        );

    /// <summary>Terms are accepted once the offer is.</summary>
    public static Refusal OfferNotAccepted(string status) =>
        new(
            RefusalKind.Conflict,
            "APPLICATION_STATE",
            "Application State",
            $"This application is {status}; its terms can be accepted only while it is ACCEPTED."
        );

    /// <summary>Nothing is paid out before the customer has accepted the terms and conditions.</summary>
    public static Refusal TermsNotAccepted() =>
        new(
            RefusalKind.Conflict,
            "TERMS_NOT_ACCEPTED",
            "Terms Not Accepted",
            "The customer has not accepted the terms and conditions yet; the loan can be paid out once they have."
        );

    /// <summary>The code of <see cref="OfferExceeded"/>.</summary>
    public const string OfferExceededCode = "OFFER_EXCEEDED";

    /// <summary>Paid out today, the loan would cost more than its customer accepted.</summary>
    /// <param name="total">All that would have to be paid back.</param>
    /// <param name="accepted">All that the customer agreed to pay back.</param>
    public static Refusal OfferExceeded(Money total, Money accepted) =>
        new(
            RefusalKind.Conflict,
            OfferExceededCode,
            "Offer Exceeded",
            $"Paid out today, {total} would have to be paid back, more than the {accepted} that the customer accepted. "
                + "It takes a new offer: send-offer sends it, and the customer accepts it."
        );

    /// <summary>Paid out today, the first due date that was agreed would lie outside what the product allows.</summary>
    /// <param name="firstDueOn">The date that was agreed.</param>
    /// <param name="wanted">What it must be.</param>
    public static Refusal FirstDueDateOutOfRange(DateOnly firstDueOn, string wanted) =>
        new(
            RefusalKind.Conflict,
            "FIRST_DUE_DATE_OUT_OF_RANGE",
            "First Due Date Out Of Range",
            FormattableString.Invariant(
                $"The first installment was agreed for {firstDueOn:yyyy-MM-dd}, but it {wanted} "
            ) + "It takes a new offer: send-offer sends it with another firstDueDate, and the customer accepts it."
        );

    /// <summary>What was approved has been paid out, in as many parts as the product allows.</summary>
    public static Refusal FullyDisbursed() =>
        new(
            RefusalKind.Conflict,
            "FULLY_DISBURSED",
            "Fully Disbursed",
            "All that the product allows has been paid out on this loan."
        );

    /// <summary>The amount of a disbursement is outside what may be paid out now.</summary>
    public static Refusal DisbursementOutOfRange(Money least, Money most) =>
        ValidationFailed(
            new FieldError(
                "amount",
                least == most
                    ? $"must be {most}: this loan is paid out in one part, or this is its last."
                    : $"must be from {least} to {most}, with at most {most.Currency.FractionDigits} fraction digits."
            )
        );

    /// <summary>Only agents apply for someone else.</summary>
    public static Refusal AgentNamesNoCustomer() =>
        ValidationFailed(
            new FieldError("customerId", "is required of an agent: the customer whom the application is for.")
        );

    /// <summary>A customer applies for another.</summary>
    public static Refusal ApplicantMismatch() =>
        new(
            RefusalKind.Forbidden,
            "CUSTOMER_MISMATCH",
            "Unauthorized",
            "customerId must be the signed-in customer; leave it out."
        );
}
